// Microseconds of the step with ten effects in JavaScript: node step.mjs PACKAGE DEFINITION
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'

const [entry, definition] = process.argv.slice(2)
const { Bot } = await import(pathToFileURL(entry))
const bot = Bot.compile(fs.readFileSync(definition, 'utf8'))
const noon = Date.parse('2026-01-05T10:00:00Z')
const session = bot.open({ channel: 'web', account: 'site', user: 'u1' }, new Date(noon))
const samples = []
for (let n = 0; n < 30000; n += 1) {
  const event = { id: `m${n}`, kind: 'message', text: 'нове замовлення' }
  const now = new Date(noon + n * 1000)
  const start = performance.now()
  const turn = bot.step(session, event, now)
  let said = 0
  for (const effect of turn.effects) said += effect.key.length
  samples.push((performance.now() - start) * 1000)
  if (turn.effects.length !== 10 || said === 0) throw new Error(`${turn.effects.length} effects`)
}
samples.splice(0, 10000)
samples.sort((a, b) => a - b)
console.log(samples[samples.length >> 1].toFixed(2))
