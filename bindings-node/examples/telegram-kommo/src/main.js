// npm start [-- --only web|couriers]
//
// One process does all. With more traffic, run several with `--only web` behind a proxy and several with `--only couriers`.
// SIGTERM and SIGINT end it when what is under way is done; SIGHUP reads the bot's files anew.

import { parseArgs } from 'node:util'
import pino from 'pino'
import { carry, ring } from './courier.js'
import { Desk } from './desk.js'
import { accounts, bot, settings } from './settings.js'
import { Store } from './store.js'
import { vendors } from './vendors.js'
import { web } from './web.js'

const { only } = parseArgs({ options: { only: { type: 'string' } } }).values
const told = settings()
const log = pino({ level: process.env.LOG_LEVEL ?? 'info' })
const targets = vendors(told, accounts(), log)
const store = new Store(told.redis)
const desk = new Desk(bot(), store, targets.telegram_admin && 'telegram_admin')
const app = web(desk, targets.client, told, log)
const stop = new AbortController()

process.on('SIGHUP', () => {
  try {
    desk.bot = bot()
  } catch (error) {
    log.error(error, 'the bot stays as it was')
  }
})
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop.abort())

const work = []
if (only !== 'web') {
  work.push(ring(desk, log, stop.signal))
  for (const [target, vendor] of Object.entries(targets)) work.push(carry(desk, target, vendor, told, log, stop.signal))
}
if (only !== 'couriers') {
  await app.listen({ port: told.port, host: told.host, backlog: 4096 })
  stop.signal.addEventListener('abort', () => work.push(app.close()))
}
await new Promise((stopped) => stop.signal.addEventListener('abort', stopped))
await Promise.all(work)
await store.close()
