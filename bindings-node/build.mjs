// Puts the package together: node bindings-node/build.mjs ADDON FOLDER
//
// ADDON is the library that cargo built, FOLDER becomes what `npm pack` takes. The facade is written once, as a module;
// the copy for `require` differs in its one export.

import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const [addon, folder] = process.argv.slice(2)
fs.mkdirSync(folder, { recursive: true })
const put = (name, text) => fs.writeFileSync(path.join(folder, name), text)
const read = (name) => fs.readFileSync(path.join(here, name), 'utf8')

for (const name of ['package.json', 'README.md', 'index.cjs', 'index.mjs', 'cli.cjs']) put(name, read(name))
put('facade.cjs', `${read('facade/facade.js').replaceAll('export function', 'function')}\nmodule.exports = { facade }\n`)
const types = read('facade/types.d.ts')
put('index.d.cts', types)
put('index.d.mts', types)
fs.copyFileSync(addon, path.join(folder, 'frontdesk.node'))
