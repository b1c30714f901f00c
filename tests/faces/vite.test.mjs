// The site that Vite made of tests/faces/vite, in Chromium: APP=folder node --test vite.test.mjs

import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { browser, site } from '../../bindings-wasm/widget/tests/site.mjs'

test('a site built by Vite has the widget and the module', async () => {
  const pages = await site(path.resolve(process.env.APP))
  const chromium = await browser()
  try {
    const tab = await chromium.newPage()
    const problems = []
    tab.on('pageerror', (error) => problems.push(error.message))
    await tab.goto(pages.url)
    await tab.waitForFunction(() => document.title !== 'waiting')
    assert.equal(await tab.title(), '+380671234567')
    const chat = tab.locator('frontdesk-chat')
    await chat.locator('textarea').fill('Где вы находитесь?')
    await chat.locator('textarea').press('Enter')
    await chat.locator('.line.bot .bubble').filter({ hasText: /Садов|метро|ул\./ }).first().waitFor({ timeout: 10_000 })
    assert.deepEqual(problems, [])
  } finally {
    await chromium.close()
    pages.close()
  }
})
