// A visitor of the demo page in Chromium, and of pages that a test writes.

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before } from 'node:test'
import { fileURLToPath } from 'node:url'
import { browser, site } from './site.mjs'

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../dist/site')
let chromium, pages

/** Has site and browser for the tests of a file; `extra` are further pages by path, made of the clinic's bundle. */
export function opened(extra) {
  before(async () => {
    pages = await site(dist, await extra((name) => readFile(path.join(dist, name))))
    chromium = await browser()
  })
  after(async () => {
    await chromium?.close()
    pages?.close()
  })
}

export const page = (body, head = '') =>
  `<!doctype html><html lang="en"><meta charset="utf-8">${head}
  <script type="module" src="frontdesk-chat.js"></script>${body}`

/** A visitor on the demo page or another, at noon in Moscow on a Monday; `prepare` gets the tab before that. */
export async function visit(options = {}, place = '', prepare = async () => {}) {
  const context = await chromium.newContext({ locale: 'ru-RU', timezoneId: 'Europe/Moscow', ...options })
  const tab = await context.newPage()
  const problems = []
  tab.on('pageerror', (error) => problems.push(error.message))
  const told = []
  tab.on('console', (message) => told.push(message.text()))
  await prepare(tab)
  await tab.clock.install({ time: new Date('2026-01-05T12:00:00+03:00') })
  await tab.goto(pages.url + place)
  const chat = tab.locator('frontdesk-chat')
  return {
    tab,
    chat,
    problems,
    /** What the console shows the page's author. */
    told,
    input: chat.locator('textarea'),
    address: pages.url + place,
    open: () => chat.locator('.launcher').click(),
    async says(text) {
      await chat.locator('textarea').fill(text)
      await chat.locator('textarea').press('Enter')
    },
    /** Waits until the last line of the bot reads like this. */
    async hears(pattern) {
      await tab.clock.runFor(1000) // the dots of typing
      await assertText(chat.locator('.line.bot .bubble').last(), pattern)
    },
    lines: () => chat.locator('.bubble').allInnerTexts(),
    close: () => context.close(),
  }
}

export async function assertText(locator, pattern) {
  await locator.filter({ hasText: pattern }).waitFor({ timeout: 5000 }).catch(async () => {
    assert.match((await locator.allInnerTexts()).join(' | '), pattern)
  })
}
