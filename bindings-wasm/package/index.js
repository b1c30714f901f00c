// The browser package: the facade that Node has, over the module. Call the default export once, and wait for it.

import init, * as raw from './frontdesk_web.js'
import { facade } from './facade.js'

/** Loads the module: from beside this file, or from an address, a response or bytes. */
export default (place = new URL('frontdesk_web_bg.wasm', import.meta.url)) => init({ module_or_path: place })

export const { Bot, Session, Turn, Faq, FrontdeskError, lint, extract, words, decode, encode, logs, tool } = facade(raw)
