// The page of a week in Chromium without a network, as a manager uses it:
//   REPORT=report.html FRONTDESK='python -m frontdesk' node --test tests/report/report.test.mjs
// SCREENSHOTS=folder keeps the picture of the docs.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'

const root = path.resolve(import.meta.dirname, '../..')
const { chromium } = createRequire(path.join(root, 'bindings-wasm/widget/package.json'))('playwright-core')
const clinic = path.join(root, 'core/examples/clinic')
const page = pathToFileURL(path.resolve(process.env.REPORT)).href
const frontdesk = (process.env.FRONTDESK ?? 'python3 -m frontdesk').split(' ')
let browser

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  })
})
after(() => browser?.close())

/** Opens the page without a network; what it complains of and asks for is kept. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, offline: true, ...options })
  const tab = await context.newPage()
  const problems = []
  tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()))
  tab.on('pageerror', (error) => problems.push(error.message))
  tab.on('dialog', (dialog) => (problems.push(`dialog: ${dialog.message()}`), dialog.dismiss()))
  tab.on('request', (request) => request.url() !== page && !request.url().startsWith('blob:') && problems.push(`request: ${request.url()}`))
  await tab.goto(page)
  return { tab, problems, close: () => context.close() }
}

const unfold = (tab) => tab.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)))

async function downloaded(tab, button) {
  const [file] = await Promise.all([tab.waitForEvent('download'), tab.click(button)])
  return readFile(await file.path(), 'utf8')
}

/** Runs the command line on files in a folder of their own. */
async function told(words, files) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'frontdesk-'))
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
  const [command, ...more] = frontdesk
  return execFileSync(command, [...more, ...words], { cwd: folder, encoding: 'utf8' })
}

test('the page opens without a network, complains of nothing and asks for nothing', async () => {
  const { tab, problems, close } = await open()
  await unfold(tab)
  assert.ok((await tab.locator('section').count()) >= 6)
  assert.ok((await tab.locator('svg.plot').count()) >= 5)
  assert.match(await tab.locator('meta[http-equiv]').getAttribute('content'), /default-src 'none'/)
  await tab.emulateMedia({ media: 'print' })
  assert.equal(await tab.locator('.dock').isVisible(), false)
  assert.deepEqual(problems, [])
  await close()
})

test('what clients wrote is text, whatever it looks like', async () => {
  const { tab, problems, close } = await open()
  const script = tab.locator('.asked b', { hasText: "<script>alert('клиент')</script>" })
  assert.equal(await script.count(), 1)
  assert.equal(await tab.locator('script').count(), 2)
  assert.deepEqual(problems, [])
  await close()
})

test('what must be looked into is there: an unconfirmed lead, an empty booking (R138, R159)', async () => {
  const { tab, close } = await open()
  for (const code of ['lead_unconfirmed', 'empty_booking']) {
    const item = tab.locator('.cases > li', { has: tab.locator(`.${code}`) }).first()
    await item.locator('summary').click()
    assert.ok(await item.locator('.bubble.client').first().isVisible(), code)
  }
  await close()
})

for (const width of [375, 320]) {
  test(`nothing scrolls sideways at ${width} px`, async () => {
    const { tab, close } = await open({ viewport: { width, height: 740 }, isMobile: true, hasTouch: true })
    await unfold(tab)
    assert.ok((await tab.evaluate(() => document.documentElement.scrollWidth)) <= width)
    const small = await tab.evaluate(() => {
      const buttons = [...document.querySelectorAll('button')].map((button) => button.getBoundingClientRect())
      return buttons.filter((box) => box.width && box.height < 32).length
    })
    assert.equal(small, 0, 'buttons that a finger misses')
    await close()
  })
}

for (const colorScheme of ['light', 'dark']) {
  test(`texts stand out in the ${colorScheme} (WCAG AA)`, async () => {
    const { tab, close } = await open({ colorScheme })
    await unfold(tab)
    const faint = await tab.evaluate(() => {
      const parsed = (colour) => colour.match(/[\d.]+/g).map(Number)
      const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        return 0.2126 * x + 0.7152 * y + 0.0722 * z
      }
      const below = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const colour = parsed(getComputedStyle(at).backgroundColor)
          if (colour.length < 4 || colour[3] === 1) return colour
        }
        return [255, 255, 255]
      }
      const texts = [...document.querySelectorAll('body *')].filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) &&
        !['SCRIPT', 'STYLE', 'TITLE', 'title'].includes(element.tagName) && element.getClientRects().length)
      return texts.flatMap((element) => {
        const style = getComputedStyle(element)
        const ink = parsed(element instanceof SVGElement ? style.fill : style.color)
        const [a, b] = [light(ink), light(below(element))].sort((x, y) => y - x)
        const contrast = (a + 0.05) / (b + 0.05)
        return contrast < 4.5 ? [`${contrast.toFixed(2)} ${element.className.baseVal ?? element.className}: ${element.textContent.slice(0, 40)}`] : []
      })
    })
    assert.deepEqual(faint, [])
    await close()
  })
}

test('marks are set by keyboard, survive a reload, and are saved as rows and tests that frontdesk reads (R150, R162)', async () => {
  const { tab, problems, close } = await open()
  await unfold(tab)
  const turns = tab.locator('.turn', { has: tab.locator('button[data-do=right]') })
  await turns.nth(0).locator('[data-do=right]').focus()
  await tab.keyboard.press('Space')
  for (const at of [1, 2, 3]) await turns.nth(at).locator('[data-do=right]').click()
  const asked = tab.locator('.questions > li')
  const near = asked.filter({ has: tab.locator('[data-do=add]') })
  await near.nth(0).locator('[data-do=add]').click()
  const fresh = near.nth(1)
  await fresh.locator('[data-do=new]').click()
  await tab.keyboard.type('Да, делаем; "ночная капа" — от 6000 рублей.')
  assert.equal(await tab.locator('#marked').innerText(), '6')

  await tab.reload()
  assert.equal(await tab.locator('#marked').innerText(), '6')
  assert.equal(await turns.nth(0).locator('[data-do=right]').getAttribute('aria-pressed'), 'true')
  assert.match(await fresh.locator('textarea').inputValue(), /от 6000/)

  const definition = await readFile(path.join(clinic, 'bot.yaml'), 'utf8')
  const table = await readFile(path.join(clinic, 'faq.csv'), 'utf8')
  const rows = await downloaded(tab, '#csv')
  assert.match(rows, /^вопрос;ответ;варианты\n/)
  assert.match(rows, /"Да, делаем; ""ночная капа"" — от 6000 рублей\."/)
  const [untested] = definition.split('\ntests:')
  assert.match(await told(['check', 'bot.yaml'], { 'bot.yaml': untested, 'faq.csv': rows }), /bot\.yaml: (ok|\d+ warning)/)

  const tests = await downloaded(tab, '#yaml')
  const passed = await told(['test', 'bot.yaml'], { 'bot.yaml': `${untested}\n${tests}`, 'faq.csv': table })
  assert.match(passed, / [1-9]\d* passed, 0 failed/)

  // What was wrong is a test that fails until the bot knows better.
  await unfold(tab)
  await turns.nth(0).locator('[data-do=wrong]').click()
  await turns.nth(0).locator('textarea').fill('Так не отвечаем')
  const failing = await downloaded(tab, '#yaml')
  await assert.rejects(
    told(['test', 'bot.yaml'], { 'bot.yaml': `${untested}\n${failing}`, 'faq.csv': table }),
    (error) => error.status === 1 && /"say":"Так не отвечаем"/.test(error.stdout),
  )
  assert.deepEqual(problems, [])
  await close()
})

test('a picture for the docs', { skip: !process.env.SCREENSHOTS }, async () => {
  const { tab, close } = await open({ viewport: { width: 1180, height: 1560 }, deviceScaleFactor: 1 })
  await tab.screenshot({ path: path.join(process.env.SCREENSHOTS, 'report.png') })
  await close()
})
