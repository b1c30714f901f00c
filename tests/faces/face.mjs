// What a JavaScript package must do, in Node and in the browser build: FRONTDESK=entry node --test face.mjs

import assert from 'node:assert'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const entry = process.env.FRONTDESK ?? 'frontdesk'
const loaded = await import(
  process.env.FRONTDESK ? pathToFileURL(path.resolve(entry)) : entry
)
const { Bot, Faq, FrontdeskError, decode, encode, extract, lint, logs, words } = loaded.default ?? loaded
const clinic = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../core/examples/clinic')
const read = (name) => fs.readFileSync(path.join(clinic, name), 'utf8')
const bot = Bot.compile(read('bot.yaml'), { 'faq.csv': read('faq.csv') })
const key = { channel: 'telegram', account: 'clinic', user: '7' }
const noon = new Date('2026-01-05T12:00:00Z')
const message = (id, text) => ({ id, kind: 'message', text })

test('a phone becomes a lead, and silence', () => {
  const session = bot.open(key, noon)
  const turn = bot.step(session, message('1', 'Наберите меня: 8 (912) 345-67-89'), noon)
  const lead = turn.effects.find((effect) => effect.kind === 'create_lead')
  assert.strictEqual(lead.fields.phone, '+79123456789')
  assert.strictEqual(session.state.mode, 'finished')
  assert.strictEqual(turn.record.matched.rule, 'Оставил телефон вне записи')
  assert.strictEqual(turn.next_due, session.state.next_due)
  const late = bot.due(session, new Date('2026-01-05T12:30:00Z'))
  assert.strictEqual(late.effects[0].code, 'lead_unconfirmed')
})

test('a turn is its JSON', () => {
  const turn = bot.step(bot.open(key, noon), message('1', 'Здравствуйте'), noon)
  assert.deepStrictEqual(JSON.parse(String(turn)), JSON.parse(JSON.stringify(turn)))
  const { record, ...head } = JSON.parse(String(turn))
  assert.deepStrictEqual({ ...turn }, head)
  assert.deepStrictEqual(turn.record, record)
})

test('a session is stored and goes on', () => {
  const session = bot.open(key, '2026-01-05T12:00:00Z', { name: 'Ирина' })
  bot.step(session, message('1', 'Здравствуйте'), noon)
  for (const stored of [session.snapshot(), JSON.parse(session.snapshot()), session]) {
    assert.strictEqual(bot.restore(JSON.parse(JSON.stringify(stored))).snapshot(), session.snapshot())
  }
})

test('events are objects or their JSON', () => {
  const event = { ...message('1', 'Где вы находитесь?'), at: noon }
  const turns = [event, JSON.stringify(event)].map((event) => String(bot.step(bot.open(key, noon), event, noon)))
  assert.strictEqual(turns[0], turns[1])
})

test('half of a character is a mark, whoever cut it', () => {
  const said = (event) => bot.step(bot.open(key, noon), event, noon).record.event.text
  for (const event of [message('1', 'Вітаю \ud83d'), '{"id":"1","kind":"message","text":"Вітаю \\ud83d"}']) {
    assert.strictEqual(said(event), 'Вітаю \ufffd')
  }
  assert.strictEqual(said('{"id":"1","kind":"message","text":"\\uD83D\\uDE42 \\uDE42"}'), '🙂 \ufffd')
  const session = bot.open({ ...key, user: '7\udc80' }, noon, { name: 'Ира\ud83d' })
  assert.strictEqual(JSON.parse(session.snapshot()).key.user, '7\ufffd')
  assert.deepStrictEqual(extract('\ud83d 067 123 45 67', { region: 'UA' }).phones[0].start, 2)
  const faq = Faq.load('faq.json', [{ ask: 'где вы', say: 'тут \ud83d' }])
  assert.strictEqual(faq.match('где вы \ud83d').say, 'тут \ufffd')
  const name = (text) => Bot.compile({ bot: 1, name: text }).hash
  assert.strictEqual(name('Клиника \ud83d'), name('Клиника \ufffd'))
})

test('a refusal carries code, path and all errors', () => {
  const refused = (call, code, path) => {
    assert.throws(call, (error) => error instanceof FrontdeskError && error.code === code && error.path === path)
  }
  refused(() => Bot.compile('bot: 1\nnmae: Клиника\n'), 'unknown_key', 'nmae')
  refused(() => bot.open(key, 'noon'), 'time_invalid', 'now')
  refused(() => bot.restore('{}'), 'snapshot_invalid', '')
  refused(() => Bot.compile('bot: 1').restore(bot.open(key, noon).snapshot()), 'bot_mismatch', 'bot.hash')
  refused(() => bot.step(bot.open(key, noon), { id: '1', kind: 'fact', name: 'a', data: 1.5 }, noon), 'number_refused', 'data')
  assert.strictEqual(lint('bot: 1\nnmae: a\nrulez: []\n').length >= 2, true)
  assert.strictEqual(lint({ bot: 1, nmae: 'a' })[0].line, undefined)
})

test('a mistake of the host is named, and is none of the library', () => {
  const event = message('1', 'Привет')
  const [loop, deep] = [{}, {}]
  loop.loop = loop
  for (let at = deep, n = 0; n < 20_000; n += 1) at = at.a = {}
  const session = () => bot.open(key, noon)
  const refused = (call, code, path) => {
    assert.throws(call, (error) => error instanceof FrontdeskError && error.code === code && error.path === path)
  }
  for (const now of [new Date(NaN), NaN, null, undefined, 5n, {}, 'x', '2026-01-05T12:00:00']) {
    refused(() => bot.open(key, now), 'time_invalid', 'now')
    refused(() => bot.step(session(), event, now), 'time_invalid', 'now')
    refused(() => bot.due(session(), now), 'time_invalid', 'now')
  }
  assert.strictEqual(bot.step(session(), event, noon.getTime()).record.now, '2026-01-05T12:00:00.000Z')
  for (const wrong of [undefined, Symbol('a'), () => 1, { id: 5n }, loop]) {
    refused(() => bot.step(session(), wrong, noon), 'wrong_type', 'event')
    refused(() => bot.open(wrong, noon), 'wrong_type', 'key')
    refused(() => bot.restore(wrong), 'wrong_type', 'snapshot')
  }
  refused(() => bot.step(session(), deep, noon), 'limit', 'event')
  for (const wrong of [{}, { raw: 5 }, undefined]) {
    refused(() => bot.step(wrong, event, noon), 'wrong_type', 'session')
    refused(() => bot.due(wrong, noon), 'wrong_type', 'session')
  }
  for (const wrong of ['abc', undefined, null, [1]]) refused(() => Bot.fromBundle(wrong), 'wrong_type', 'bundle')
  refused(() => bot.bundle(null), 'wrong_type', 'audience')
  refused(() => bot.bundle('clients'), 'unknown_name', 'audience')
  refused(() => Faq.load('faq.csv'), 'wrong_type', 'table')
  refused(() => Bot.compile('bot: 1', { a: null }), 'wrong_type', 'files.a')
  refused(() => words('собака', 'обожаю собак'), 'wrong_type', 'words')
})

test('a bundle talks like the definition', () => {
  const bundle = bot.bundle()
  const bundled = Bot.fromBundle(bundle)
  const [one, other] = [bot, bundled].map((bot) => {
    const session = bot.open({ ...key, channel: 'web' }, noon)
    const turn = bot.step(session, message('1', 'Где вы находитесь?'), noon)
    return [bot.hash, String(turn), session.snapshot()]
  })
  assert.deepStrictEqual(one, other)
  assert.deepStrictEqual(bundled.warnings, [])
  const wider = new Uint8Array(bundle.length + 10)
  wider.set(bundle, 5)
  for (const same of [wider.slice(5, 5 + bundle.length).buffer, wider.subarray(5, 5 + bundle.length)]) {
    assert.strictEqual(Bot.fromBundle(same).hash, bot.hash)
  }
  for (const damaged of [bundle.slice(0, 100), new Uint8Array(0)]) {
    assert.throws(() => Bot.fromBundle(damaged), { name: 'FrontdeskError', code: 'bundle_invalid', path: '' })
  }
})

test('a webhook comes in and an answer goes out', () => {
  const update = `{"update_id":1,"message":{"message_id":5,"text":"Вітаю","from":{"id":7},"chat":{"id":7}}}`
  const [talk] = decode('telegram', update)
  assert.deepStrictEqual(talk.key, { channel: 'telegram', account: '', user: '7' })
  assert.deepStrictEqual([talk.events[0].id, talk.events[0].text], ['m5', 'Вітаю'])
  assert.deepStrictEqual(decode('telegram', { update_id: 2, poll: {} }), [])
  const reply = { key: '1.1', kind: 'reply', text: 'Вітаємо!', language: 'uk', window: 'open', mode_rev: 0 }
  const { payloads, changes, requests } = encode('telegram', [reply], { to: talk.key.user })
  assert.deepStrictEqual([payloads, changes], [[{ chat_id: 7, text: 'Вітаємо!' }], []])
  assert.strictEqual(requests[0].path, 'sendMessage')
  assert.throws(() => decode('telegram', {}), (e) => e.code === 'payload_invalid' && e.path === 'payload')
})

test('a log is proved, replayed, counted and shown', () => {
  const session = bot.open(key, noon)
  const turns = ['Сколько стоит чистка?', '+7 900 123-45-67'].map((text, n) => bot.step(session, message(`${n}`, text), noon))
  const records = turns.map((turn) => turn.record)
  assert.deepStrictEqual(logs.verify(records), { ok: true, records: 2, sessions: 1 })
  assert.strictEqual(logs.verify(records.slice(1)).broken.code, 'log_truncated')
  assert.deepStrictEqual(logs.replay(records, {}, bot), { steps: 2, same: true })
  const partial = logs.metrics(records, {}, bot)
  assert.deepStrictEqual(logs.merge([partial]), partial)
  assert.strictEqual(logs.figures(partial).zone, 'Europe/Moscow')
  assert.strictEqual(logs.sample(records, {}, bot)[0].dialogs, 1)
  assert.match(logs.transcript(records, {}, bot), /Сколько стоит чистка/)
  assert.match(logs.report(records, { now: noon }, bot), /^<!doctype html>/i)
  assert.match(logs.diagram(records, { format: 'mermaid' }, bot), /^flowchart/)
  assert.strictEqual(logs.verify([{}, ...records]).broken.code, 'record_invalid')
  assert.throws(() => logs.metrics([{}]), (e) => e.code === 'record_invalid' && e.path.startsWith('records[0]'))
})

test('the parts work alone', () => {
  const found = extract('🙂 067 123 45 67, завтра о 15:00', { region: 'UA', now: noon, zone: 'Europe/Kyiv' })
  assert.deepStrictEqual([found.phones[0].e164, found.phones[0].start], ['+380671234567', 3])
  assert.strictEqual(found.dates[0].value.date, '2026-01-06')
  assert.deepStrictEqual(words(['собака'], 'Обожаю собак!'), [{ word: 'собака', start: 7, end: 12 }])
  const faq = Faq.load('faq.csv', read('faq.csv'))
  assert.strictEqual(faq.rows, 121)
  assert.strictEqual(faq.match('собака съела мой носок').answer, null)
  assert.strictEqual(faq.discover(['есть ли парковка', 'парковка есть?'])[0].times, 2)
  assert.ok(Array.isArray(faq.health()))
})

test('places are counted in one walk: four times the text takes four times as long', () => {
  const took = (call) => {
    const runs = Array.from({ length: 3 }, () => {
      const began = performance.now()
      call()
      return performance.now() - began
    })
    return Math.min(...runs)
  }
  const phones = '89001234567 '
  for (const find of [(text) => extract(text, { region: 'RU' }), (text) => words(['89001234567'], text)]) {
    const [short, long] = [4_000, 16_000].map((times) => took(() => find(phones.repeat(times))))
    assert.ok(long < 10 * short, `${short} ms, then ${long} ms`)
  }
  const found = extract('🙂'.repeat(1000) + phones, { region: 'RU' })
  assert.strictEqual(found.phones[0].start, 2000)
})

test('a panic is an error like any other', { skip: !process.env.FRONTDESK_PANIC }, () => {
  const session = bot.open(key, noon)
  const before = session.snapshot()
  assert.throws(
    () => bot.step(session, message('panic!', 'а'), noon),
    (error) => error instanceof FrontdeskError && error.code === 'internal',
  )
  // What was stored before goes on; the session of the panic itself may be locked for good in a module for browsers.
  const again = bot.restore(before)
  assert.strictEqual(bot.step(again, message('2', 'а'), noon).outcome, 'applied')
})
