'use strict'
// A file of tests/vectors, replayed through a face for JavaScript: the same turns as the core's, scores of the FAQ
// to the integer.

const fs = require('node:fs')
const path = require('node:path')

const vectors = path.join(__dirname, '../vectors')

/** The cases of a file and their recorded answers; its ops are `bot`, `open` and `step`. */
const recorded = (name) =>
  fs
    .readFileSync(path.join(vectors, name), 'utf8')
    .split('\n')
    .filter((line) => line)
    .map((line) => JSON.parse(line))

function replay(Bot, assert, name) {
  const bots = new Map()
  const sessions = new Map()
  let turns = 0
  for (const { case: it, answer } of recorded(name)) {
    if (it.op === 'bot') {
      bots.set(it.bot, Bot.compile(JSON.stringify(it.definition), it.files))
    } else if (it.op === 'open') {
      const bot = bots.get(it.bot)
      sessions.set(it.session, { bot, json: bot.open(JSON.stringify(it.key), it.now) })
    } else {
      const session = sessions.get(it.session)
      const { turn } = JSON.parse(session.bot.step(session.json, JSON.stringify(it.event), it.now))
      assert.deepStrictEqual(turn.effects, answer.effects, it.event.text)
      assert.deepStrictEqual(turn.record.matched, answer.record.matched, it.event.text)
      turns += 1
    }
  }
  assert.ok(turns > 0, `${name} holds no turn`)
}

module.exports = { replay }
