// Puts the browser package together, the widget in it: node bindings-wasm/widget/build.mjs, after bindings-wasm/build.
//
// Below bindings-wasm/dist: `package` is what `npm pack` takes; `site` is the demo page, to be served as it is.

import { build, transform } from 'esbuild'
import { cp, mkdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const LIMIT = 12 * 1024 // gzip, beside the engine
const here = path.dirname(fileURLToPath(import.meta.url))
const face = path.join(here, '..')
const dist = path.join(face, 'dist')
const packed = path.join(dist, 'package')
const site = path.join(dist, 'site')

/** The facade over one of the modules; `index` is what stands for both. */
async function engine(module, folder, index) {
  await mkdir(folder, { recursive: true })
  for (const name of ['frontdesk_web.js', 'frontdesk_web_bg.wasm']) {
    await cp(path.join(dist, module, 'web', name), path.join(folder, name))
  }
  await cp(path.join(face, index), path.join(folder, 'index.js'))
  await cp(path.join(face, '../bindings-node/facade/facade.js'), path.join(folder, 'facade.js'))
}

/** Sheets as texts, without what only their readers need. */
const styles = {
  name: 'styles',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true })
      return { contents: code, loader: 'text' }
    }),
}

for (const folder of [packed, site]) await rm(folder, { recursive: true, force: true })
await engine('everything', packed, 'package/index.js')
for (const name of ['package.json', 'index.d.ts']) await cp(path.join(face, 'package', name), path.join(packed, name))
await cp(path.join(face, 'README.md'), path.join(packed, 'README.md'))
await cp(path.join(face, '../bindings-node/facade/types.d.ts'), path.join(packed, 'types.d.ts'))

const runtime = path.join(dist, 'runtime')
await engine('widget', runtime, 'widget/runtime.js')
const script = path.join(packed, 'widget/frontdesk-chat.js')
await build({
  entryPoints: [path.join(here, 'src/frontdesk-chat.ts')],
  outfile: script,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  plugins: [styles],
  alias: { 'frontdesk-web': path.join(runtime, 'index.js') },
  logLevel: 'warning',
})
await cp(path.join(runtime, 'frontdesk_web_bg.wasm'), path.join(packed, 'widget/frontdesk_web_bg.wasm'))

await cp(path.join(packed, 'widget'), site, { recursive: true })
await cp(path.join(here, 'demo/index.html'), path.join(site, 'index.html'))
await cp(path.join(dist, 'clinic.bundle'), path.join(site, 'clinic.bundle'))

const size = gzipSync(await readFile(script), { level: 9 }).length
console.log(`frontdesk-chat.js: ${(size / 1024).toFixed(1)} KB gzip   limit ${LIMIT / 1024} KB`)
if (size > LIMIT) process.exit(1)
