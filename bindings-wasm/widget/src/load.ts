/** Fetches the engine once per page and the bundle of each element. */

import load, { Bot } from 'frontdesk-web'
import type { Engine } from './engine.ts'

let engine: Promise<unknown> | undefined

export async function loadEngine(bundle: URL, wasm: string | null): Promise<Engine> {
  // Without an address the engine stands beside this script.
  const place = wasm ? new URL(wasm, document.baseURI) : new URL('frontdesk_web_bg.wasm', import.meta.url)
  engine ??= load(place).catch((error: unknown) => {
    engine = undefined // so that a retry may work
    throw error
  })
  const [bytes] = await Promise.all([fetched(bundle), engine])
  return Bot.fromBundle(bytes)
}

async function fetched(place: URL): Promise<Uint8Array> {
  const response = await fetch(place)
  if (!response.ok) throw new Error(`${place.pathname}: ${response.status} ${response.statusText}`)
  return new Uint8Array(await response.arrayBuffer())
}
