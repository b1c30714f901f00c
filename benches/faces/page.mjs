// Prints what the step with ten effects takes in Chromium: node page.mjs PACKAGE DEFINITION

import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { browser, site } from '../../bindings-wasm/widget/tests/site.mjs'

const [folder, definition] = process.argv.slice(2)
const script = fs.readFileSync(fileURLToPath(new URL('measure.mjs', import.meta.url)))
const pages = await site(folder, { '/': '<!doctype html>', '/measure.mjs': script })
const chromium = await browser()
const tab = await chromium.newPage()
await tab.goto(pages.url)
const run = async (definition) => {
  const [{ default: init, Bot }, { measure }] = await Promise.all([import('/index.js'), import('/measure.mjs')])
  await init()
  return measure(Bot, definition)
}
console.log((await tab.evaluate(run, fs.readFileSync(definition, 'utf8'))).toFixed(2))
await chromium.close()
pages.close()
