'use strict'
// What both JavaScript faces must do with the clinic.

const fs = require('node:fs')
const path = require('node:path')

const clinic = path.join(__dirname, '../../core/examples/clinic')
const read = (name) => fs.readFileSync(path.join(clinic, name), 'utf8')
const key = JSON.stringify({ channel: 'telegram', account: 'clinic', user: '7' })

function talk(Bot, assert) {
  const bot = Bot.compile(read('bot.yaml'), { 'faq.csv': read('faq.csv') })
  const session = bot.open(key, '2026-01-05T12:00:00Z')
  const event = JSON.stringify({ id: '1', kind: 'message', text: 'Наберите меня: 8 (912) 345-67-89' })
  const answer = JSON.parse(bot.step(session, event, '2026-01-05T12:00:05Z'))
  assert.ok(answer.turn.effects.some((effect) => effect.kind === 'create_lead'))
  assert.strictEqual(answer.session.fields.phone, '+79123456789')
  const late = JSON.parse(bot.due(JSON.stringify(answer.session), '2026-01-05T12:30:00Z'))
  assert.strictEqual(late.turn.effects[0].code, 'lead_unconfirmed')
}

function refuse(Bot, assert) {
  assert.throws(
    () => Bot.compile('bot: 1\nnmae: Клиника\n'),
    (error) => error instanceof Error && JSON.parse(error.errors)[0].code === error.code,
  )
  const bot = Bot.compile(read('bot.yaml'), { 'faq.csv': read('faq.csv') })
  assert.throws(() => bot.open(key, 'noon'), { code: 'time_invalid', path: 'now' })
}

module.exports = { talk, refuse }
