// The engine of the widget: of the module and its facade no more than what runs bundles.

import { Bot as RawBot, flatWords, initSync } from './frontdesk_web.js'
import { running } from './facade.js'

export default async (place) => initSync({ module: await compiled(place) })

export const { Bot } = running({ Bot: RawBot, flatWords })

async function compiled(place) {
  try {
    return await WebAssembly.compileStreaming(fetch(place))
  } catch {
    // A server that does not know the type of a module: it is compiled when all of it is there.
    return WebAssembly.compile(await (await fetch(place)).arrayBuffer())
  }
}
