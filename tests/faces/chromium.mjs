// The harness of the browser package in Chromium: JSON lines in, one JSON line out per case. The page that answers loads
// the package as a site does, after `tests/run sizes widget`.

import { readFile } from 'node:fs/promises'
import readline from 'node:readline'
import { fileURLToPath } from 'node:url'
import { browser, site } from '../../bindings-wasm/widget/tests/site.mjs'

const place = (name) => fileURLToPath(new URL(name, import.meta.url))
const page = `<!doctype html><meta charset="utf-8"><script type="module">
  import init, * as face from './index.js'
  import { harness } from './answers.mjs'
  await init()
  window.answer = harness(face)
</script>`
const pages = await site(place('../../bindings-wasm/dist/package'), {
  '/': page,
  '/answers.mjs': await readFile(place('answers.mjs')),
})
const chromium = await browser()
const tab = await chromium.newPage()
tab.on('pageerror', (error) => process.stderr.write(`${error.stack}\n`))
await tab.goto(pages.url)
await tab.waitForFunction(() => window.answer)
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line.trim()) process.stdout.write(`${await tab.evaluate((line) => window.answer(line), line)}\n`)
}
await chromium.close()
pages.close()
