// A web site for tests: the files of a folder on loopback, and a browser that visits it.

import { readFile } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { chromium } from 'playwright-core'

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
}

/** Serves a folder; `extra` are further answers by path. */
export async function site(folder, extra = {}) {
  const server = http.createServer(async (request, response) => {
    const name = new URL(request.url, 'http://site').pathname
    const place = path.join(folder, name === '/' ? 'index.html' : name)
    try {
      const body = extra[name] ?? (await readFile(place))
      const type = TYPES[path.extname(place)] ?? 'application/octet-stream'
      response.writeHead(200, { 'content-type': type, 'access-control-allow-origin': '*' })
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() }
}

/** Chromium as Debian has it; CHROMIUM names another one. */
export function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  })
}
