// Builds the widget: node build.mjs FOLDER, the folder that holds the web build of `frontdesk-web`.
// Writes dist/frontdesk-chat.js, the engine beside it, and says what a visitor downloads.

import { build } from 'esbuild'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT = 12 * 1024 // gzip, beside the engine
const here = path.dirname(fileURLToPath(import.meta.url))
const engine = path.resolve(process.argv[2] ?? path.join(here, '../dist/web'))
const dist = path.join(here, 'dist')

await mkdir(dist, { recursive: true })
await build({
  entryPoints: [path.join(here, 'src/frontdesk-chat.ts')],
  outfile: path.join(dist, 'frontdesk-chat.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  loader: { '.css': 'text' },
  alias: { 'frontdesk-web': path.join(engine, 'index.js') },
  logLevel: 'warning',
})
await copyFile(path.join(engine, 'frontdesk_web_bg.wasm'), path.join(dist, 'frontdesk_web_bg.wasm'))
const size = gzipSync(await readFile(path.join(dist, 'frontdesk-chat.js')), { level: 9 }).length
console.log(`frontdesk-chat.js: ${size} bytes gzip (limit ${LIMIT})`)
if (size > LIMIT) process.exit(1)
