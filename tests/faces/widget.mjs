// The widget's module runs bundles as the whole module runs the definition: bindings-wasm/build makes both.

import assert from 'node:assert'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(import.meta.url)
const text = fs.readFileSync(`${root}/bindings-node/facade/facade.js`)
const { facade } = await import(`data:text/javascript;base64,${text.toString('base64')}`)
const module = (name) => facade(require(`${root}/bindings-wasm/dist/${name}/node/frontdesk_web.js`))
const read = (name) => fs.readFileSync(`${root}/core/examples/clinic/${name}`, 'utf8')

function talk(bot) {
  const session = bot.open({ channel: 'web', account: 'site', user: '7' }, '2026-01-05T12:00:00Z')
  const texts = ['Здравствуйте', 'Где вы находитесь?', 'хочу записаться', 'на завтра в 15:00', 'Анна', '8 912 345-67-89']
  const turns = texts.map((text, id) => {
    return String(bot.step(session, { id: String(id), kind: 'message', text }, `2026-01-05T12:0${id}:30Z`))
  })
  return [bot.hash, ...turns, session.snapshot()]
}

test('the widget talks like the definition', () => {
  const whole = module('everything').Bot.compile(read('bot.yaml'), { 'faq.csv': read('faq.csv') })
  const { Bot } = module('widget')
  assert.deepStrictEqual(talk(Bot.fromBundle(whole.bundle())), talk(whole))
  assert.throws(() => Bot.fromBundle(new Uint8Array(9)), { name: 'FrontdeskError', code: 'bundle_invalid' })
})

test('what the widget leaves out is told by its code', () => {
  const { Bot, Faq, extract } = module('widget')
  const whole = module('everything').Bot.compile('bot: 1')
  const bot = Bot.fromBundle(whole.bundle())
  for (const call of [() => Bot.compile('bot: 1'), () => Faq.load('t', []), () => extract(''), () => bot.bundle(), () => bot.test()]) {
    assert.throws(call, { name: 'FrontdeskError', code: 'not_built' })
  }
})
