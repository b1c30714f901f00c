// The host for Telegram and Kommo (bindings-node/examples/telegram-kommo), whole trips: updates in, messages, leads at Kommo
// and notices out. With APP, a folder where the example is installed, and REDIS, the program of a Redis server.

import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { Server, healthy, port, post, quantile, redis, until } from './servers.mjs'
import { SECRETS, start as startVendors } from './vendors.mjs'

const { APP, REDIS = 'redis-server' } = process.env
const SECRET = 'shared-with-telegram'
const ADMIN = '-1001'
const ACCEPTED = 'Спасибо! Ваша заявка принята. До связи!'
const MISSED = 'Спрошу у флориста и вернусь с ответом.'
const PRICES = 'Букеты — от 2 500 ₽, авторские — от 5 000 ₽.'

let server, vendors
const hosts = []

/** A host on a port of its own; all share one Redis and the vendors. */
class Host {
  constructor(more = {}) {
    this.more = more
  }

  async start(...options) {
    const at = await port()
    const env = {
      PORT: String(at),
      REDIS_URL: server.url,
      UNPACED: '1',
      LOG_LEVEL: 'warn',
      TIMEOUT: '1',
      TELEGRAM_API: `${vendors.url}/telegram`,
      TELEGRAM_TOKEN: SECRETS.telegram,
      TELEGRAM_SECRET: SECRET,
      TELEGRAM_ADMIN_CHAT: ADMIN,
      KOMMO_URL: `${vendors.url}/kommo`,
      KOMMO_TOKEN: SECRETS.kommo,
      KOMMO_WEBHOOK_SECRET: 'part-of-the-address',
      EVENTS_SECRET: 'of-our-own-system',
      ...this.more,
    }
    this.server = new Server(['node', 'src/main.js', ...options], { env, cwd: APP })
    this.url = `http://127.0.0.1:${at}`
    hosts.push(this)
    await until(`the host: ${this.server.log}`, () => healthy(this.url))
    return this
  }

  stop(signal) {
    return this.server.stop(signal)
  }

  async update(payload, secret = SECRET) {
    return post(`${this.url}/telegram`, payload, { 'x-telegram-bot-api-secret-token': secret })
  }
}

let clients = 0
let updates = 0

class Client {
  #messages = 0

  constructor() {
    clients += 1
    this.id = 70_000_000 + clients
    this.phone = `+7900${String(clients).padStart(7, '0')}`
    this.key = { channel: 'telegram', account: '', user: String(this.id) }
    this.person = { id: this.id, is_bot: false, first_name: 'Иван', username: `ivan${this.id}`, language_code: 'ru' }
    this.chat = { id: this.id, type: 'private' }
  }

  said(text) {
    this.#messages += 1
    return this.update({ message: { message_id: this.#messages, from: this.person, chat: this.chat, date: 1763712000 + this.#messages, text } })
  }

  pressed(data) {
    const message = { message_id: this.#messages, from: { id: 1, is_bot: true }, chat: this.chat, date: 1763712000, text: '…' }
    return this.update({ callback_query: { id: `${this.id}-${updates}`, from: this.person, chat_instance: '1', data, message } })
  }

  update(what) {
    updates += 1
    return { update_id: updates, ...what }
  }

  /** The texts that this client has read. */
  get read() {
    return vendors.telegram.to(this.id)
  }

  async reads(text) {
    await until(`«${text}» to ${this.id}, who read ${JSON.stringify(this.read)}`, () => this.read.some((message) => message.includes(text)))
  }

  get leads() {
    return [...vendors.kommo.leads.values()].filter((lead) => JSON.stringify(lead).includes(this.phone))
  }

  get notices() {
    return vendors.telegram.messages.filter((message) => String(message.chat_id) === ADMIN && JSON.stringify(message).includes(`ivan${this.id}`))
  }

  async arrived() {
    await until(`the lead of ${this.phone}`, () => this.leads.length && this.notices.length)
    assert.equal(this.leads.length, 1)
  }
}

before(async () => {
  server = await redis(REDIS)
  vendors = await startVendors()
})
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()))
})
after(async () => {
  await vendors.stop()
  await server.stop()
})

describe('dialogs, end to end', () => {
  it('answers from the table; a phone is one lead, one notice with a link, and silence (R002, R010, R012, R013, R111, R112)', async () => {
    const host = await new Host().start()
    const client = new Client()
    await host.update(client.said('Сколько стоит букет?'))
    await client.reads(PRICES)
    await host.update(client.said(`Мой номер ${client.phone}`))
    await client.reads(ACCEPTED)
    await client.arrived()
    assert.equal(client.leads[0].status_id, 2032, 'the stage of the status (R136)')
    await host.update(client.said('А какие у вас условия?'))
    await host.update(client.said('Сколько стоит букет?'))
    await new Promise((wake) => setTimeout(wake, 300))
    assert.deepEqual(client.read, [PRICES, ACCEPTED])
    assert.equal(await host.stop(), 0, host.server.log)
  })

  it('puts the talk on the card, what was said before there was one included, in order (R019)', async () => {
    const host = await new Host().start()
    const client = new Client()
    await host.update(client.said('Есть ли доставка?'))
    await client.reads('по городу')
    await host.update(client.said(client.phone))
    await client.arrived()
    const notes = () => vendors.kommo.notes.filter(({ lead }) => lead === client.leads[0].id).map(({ params }) => params.text)
    await until('the notes', () => notes().length >= 4)
    const [first, second, third] = notes()
    assert.match(first, /Клиент: Есть ли доставка/)
    assert.match(second, /Бот: Да, по городу/)
    assert.ok(third.includes(client.phone))
  })

  it('goes through a flow by buttons, and stops their wheels', async () => {
    const host = await new Host().start()
    const client = new Client()
    await host.update(client.said('Здравствуйте'))
    await client.reads('Чем помочь')
    const shown = vendors.telegram.messages.findLast(({ chat_id }) => chat_id === client.id)
    const [[{ callback_data }]] = shown.reply_markup.inline_keyboard
    await host.update(client.pressed(callback_data))
    await client.reads('Какой букет собрать')
    await until('the wheel', () => vendors.telegram.callbacks.some((id) => id.startsWith(String(client.id))))
    await host.update(client.said('Яркий'))
    await host.update(client.said('послезавтра'))
    await host.update(client.said('Анна'))
    await host.update(client.said(client.phone))
    await client.reads('Приняли заказ: Яркий')
    await client.arrived()
  })

  it('hands over, is silent while a human of the team writes, and comes back when told (R011, R014, R015, R022)', async () => {
    const host = await new Host().start()
    const client = new Client()
    await host.update(client.said('Вы ремонтируете холодильники?'))
    await client.reads(MISSED)
    await until('the notice', () => client.notices.length)
    const human = { message_id: 900, business_connection_id: 'b1', from: { id: 5, is_bot: false, first_name: 'Ольга' }, chat: client.chat, date: 1763712100, text: 'Здравствуйте, это Ольга' }
    await host.update(client.update({ business_message: human }))
    await host.update(client.said('Сколько стоит букет?'))
    await new Promise((wake) => setTimeout(wake, 300))
    assert.deepEqual(client.read, [MISSED])
    await host.update(client.update({ business_message: { ...human, message_id: 901, text: '/bot' } }))
    await host.update(client.said('Сколько стоит букет?'))
    await client.reads(PRICES)
  })

  it('refuses a wrong secret; what is no update is not asked for again', async () => {
    const host = await new Host().start()
    assert.equal((await host.update(new Client().said('Привет'), 'wrong')).status, 401)
    assert.equal((await host.update(new Client().said('Привет'), '')).status, 401)
    assert.equal((await post(`${host.url}/kommo/wrong`, 'leads[status][0][id]=1')).status, 401)
    assert.deepEqual((await host.update({ nothing: true })).body, { refused: 'payload_invalid' })
  })
})

describe('what goes wrong', () => {
  it('updates that come twice, and in another order, act once', async () => {
    const host = await new Host().start()
    const client = new Client()
    const [asked, given] = [client.said('Сколько стоит букет?'), client.said(client.phone)]
    for (const update of [asked, given, asked, given, given]) await host.update(update)
    await client.arrived()
    await client.reads(ACCEPTED)
    assert.deepEqual(client.read, [PRICES, ACCEPTED])
    const other = new Client()
    const [first, second] = [other.said('Здравствуйте'), other.said(other.phone)]
    await host.update(second)
    await host.update(first)
    await other.arrived()
    await other.reads(ACCEPTED)
    assert.deepEqual(other.read, [ACCEPTED])
  })

  for (const fault of ['500', 'limit', 'late', 'never', 'twice']) {
    it(`a vendor answers «${fault}»: no lead is lost or doubled`, async () => {
      vendors.late = 300
      const host = await new Host().start()
      const several = [new Client(), new Client(), new Client()]
      for (const vendor of ['kommo', 'telegram']) vendors.fail(vendor, fault, 2)
      for (const client of several) await host.update(client.said(client.phone))
      for (const client of several) {
        await client.arrived()
        await client.reads(ACCEPTED)
      }
    })
  }

  it('a host killed between save and send loses nothing and doubles nothing', async () => {
    const several = Array.from({ length: 20 }, () => new Client())
    const web = await new Host().start('--only', 'web')
    for (const client of several) assert.equal((await web.update(client.said(client.phone))).status, 200)
    await web.stop('SIGKILL')
    assert.equal(several.filter((client) => client.leads.length).length, 0, 'nothing was sent yet')
    await new Host().start()
    for (const client of several) {
      await client.arrived()
      await client.reads(ACCEPTED)
      assert.deepEqual(client.read, [ACCEPTED])
    }
  })

  it('a host killed between the vendor\'s work and its answer doubles no lead', async () => {
    const client = new Client()
    vendors.late = 60_000
    // Notes of earlier clients may be on their way still: the creation is to meet it.
    vendors.fail('kommo', 'late', 1, ({ path, body }) => path.endsWith('/complex') && JSON.stringify(body).includes(client.phone))
    const host = await new Host().start()
    await host.update(client.said(client.phone))
    await until('the lead', () => client.leads.length)
    await host.stop('SIGKILL')
    await new Host().start()
    await until('the second asking', () => client.leads[0].times > 1)
    await client.arrived()
  })

  it('two workers on one session miss nothing', async () => {
    const client = new Client()
    const [one, other] = [await new Host().start(), await new Host().start()]
    const messages = Array.from({ length: 40 }, () => client.said('Сколько стоит букет?'))
    await Promise.all(messages.map((message, n) => (n % 2 ? one : other).update(message)))
    await until('all answers', () => client.read.length === 40)
    await Promise.all([one, other].map((host) => host.update(client.said(client.phone))))
    await client.arrived()
  })

  it('2,000 dialogs at once: not one lead is lost or doubled', async () => {
    const count = Number(process.env.DIALOGS ?? 2000)
    const [one, other] = [await new Host({ TIMEOUT: '10' }).start(), await new Host({ TIMEOUT: '10' }).start()]
    const several = Array.from({ length: count }, () => new Client())
    const before = vendors.kommo.leads.size
    const times = []
    const begin = Date.now()
    await Promise.all(several.map(async (client, n) => {
      const host = n % 2 ? one : other
      const given = client.said(`Мой номер ${client.phone}`)
      const sent = [client.said('Сколько стоит букет?'), given, ...(n % 10 === 0 ? [given] : [])]
      for (const update of sent) {
        const start = Date.now()
        assert.equal((await host.update(update)).status, 200)
        times.push(Date.now() - start)
      }
    }))
    const answered = Date.now() - begin
    await until('all leads', () => vendors.kommo.leads.size - before >= count && several.every(({ id }) => vendors.telegram.to(id).length >= 2), 600)
    const delivered = Date.now() - begin
    assert.equal(vendors.kommo.leads.size - before, count)
    assert.ok([...vendors.kommo.leads.values()].slice(-count).every(({ times }) => times === 1))
    const spent = `${times.length} updates in ${(answered / 1000).toFixed(1)} s (${Math.round((times.length * 1000) / answered)} a second)`
    console.log(`telegram: ${count} dialogs, ${spent}, median ${quantile(times, 0.5)} ms; all leads and answers after ${(delivered / 1000).toFixed(1)} s`)
  })
})
