// The engine of the widget: of the module and its facade no more than what runs bundles.

import init, { Bot as RawBot, flatWords } from './frontdesk_web.js'
import { running } from './facade.js'

export default (place) => init({ module_or_path: place })

export const { Bot } = running({ Bot: RawBot, flatWords })
