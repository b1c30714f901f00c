// A worker and the main thread at once, each with its own bot: the same bytes.

import assert from 'node:assert'
import { Worker, isMainThread, parentPort } from 'node:worker_threads'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Bot } from 'frontdesk'

function dialog() {
  const bot = Bot.compile('bot: 1\nregion: UA\nchannels: [web]\ngreeting: { do: [ { say: Вітаю! } ] }\n')
  const session = bot.open({ channel: 'web', account: 'site', user: 'u1' }, '2026-01-05T12:00:00Z')
  const turns = []
  for (let n = 0; n < 500; n += 1) {
    turns.push(String(bot.step(session, { id: `m${n}`, kind: 'message', text: 'Привіт' }, '2026-01-05T12:00:00Z')))
  }
  return turns
}

if (isMainThread) {
  test('a worker and the main thread at once', async () => {
    const workers = [1, 2].map(() => new Worker(fileURLToPath(import.meta.url)))
    const theirs = workers.map((worker) => new Promise((done, fail) => worker.on('message', done).on('error', fail)))
    const mine = dialog()
    for (const turns of await Promise.all(theirs)) assert.deepStrictEqual(turns, mine)
  })
} else {
  parentPort.postMessage(dialog())
}
