// The host for ManyChat (bindings-python/examples/manychat), whole trips: ManyChat's requests in, leads at Kommo and
// Bitrix24, notices in Telegram. With PYTHON, an interpreter that has what it needs, and POSTGRES, the folder of
// PostgreSQL's programs; without that what needs a server is skipped.

import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Server, folder, healthy, port, post, postgres, quantile, until } from './servers.mjs'
import { SECRETS, start as startVendors } from './vendors.mjs'

const EXAMPLE = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../bindings-python/examples/manychat')
const { PYTHON = 'python3', POSTGRES } = process.env
const SECRET = 'shared-with-manychat'
const ADMIN = '-1001'
const ACCEPTED = 'Спасибо! Ваша заявка принята. До связи!'
const MISSED = 'Уточню у администратора и вернусь с ответом.'

/** A host, and what a test does to it. */
class Host {
  constructor(vendors, database, more = {}) {
    Object.assign(this, { vendors, database, more })
  }

  async start(...options) {
    const at = await port()
    const env = {
      DATABASE_URL: this.database,
      UNPACED: '1',
      MANYCHAT_SECRET: SECRET,
      MANYCHAT_API: `${this.vendors.url}/manychat`,
      MANYCHAT_TOKEN: SECRETS.manychat,
      KOMMO_URL: `${this.vendors.url}/kommo`,
      KOMMO_TOKEN: SECRETS.kommo,
      BITRIX24_HOOK: `${this.vendors.url}/bitrix24/rest/1/${SECRETS.bitrix24}`,
      BITRIX24_APPLICATION_TOKEN: 'application-token',
      TELEGRAM_API: `${this.vendors.url}/telegram`,
      TELEGRAM_TOKEN: SECRETS.telegram,
      TELEGRAM_ADMIN_CHAT: ADMIN,
      BACKOFFICE_URL: `${this.vendors.url}/backoffice/requests`,
      ...this.more,
    }
    this.server = new Server([PYTHON, '-m', 'host', '--port', at, ...options], { env, cwd: EXAMPLE })
    this.url = `http://127.0.0.1:${at}`
    if (options.includes('couriers')) return this
    await until(`the host: ${this.server.log}`, () => healthy(this.url))
    return this
  }

  stop(signal) {
    return this.server.stop(signal)
  }

  /** What ManyChat posts for a message of a client; gives the texts that the client then reads. */
  async says(client, text, more) {
    const { status, body } = await this.asks(client.said(text, more))
    assert.equal(status, 200, JSON.stringify(body))
    return texts(body)
  }

  asks(payload, channel = 'instagram', secret = SECRET) {
    return post(`${this.url}/manychat/${channel}`, payload, { 'x-frontdesk-secret': secret })
  }

  /** An event in the words of the contract. */
  async told(client, event) {
    const { status, body } = await post(`${this.url}/events`, { key: client.key, event }, { 'x-frontdesk-secret': SECRET })
    assert.equal(status, 200, JSON.stringify(body))
  }
}

let clients = 0

/** Somebody who writes; every message has a time of its own, as ManyChat tells it. */
class Client {
  #messages = 0

  constructor() {
    clients += 1
    this.number = clients
    this.id = `132456470000${String(clients).padStart(5, '0')}`
    this.phone = `+7900${String(clients).padStart(7, '0')}`
    this.chat = `https://manychat.com/fb2345/chat/${clients}`
    this.key = { channel: 'instagram', account: '234564657000000001', user: this.id }
  }

  said(text, more = {}) {
    this.#messages += 1
    const at = new Date(Date.UTC(2026, 10, 21, 9, 0, this.#messages)).toISOString().replace('.000Z', '+00:00')
    return {
      id: this.id, key: `user:${this.id}`, page_id: this.key.account, status: 'active', first_name: 'Иван', last_name: 'П', name: 'Иван П',
      locale: 'ru_RU', language: 'Russian', timezone: 'UTC+03', live_chat_url: this.chat, last_input_text: text, last_growth_tool: null,
      subscribed: '2018-07-02T00:00:00+00:00', last_interaction: at, last_seen: at, custom_fields: { utm_source: 'ig', utm_campaign: 'spring' }, ...more,
    }
  }
}

function texts({ version, content }) {
  assert.equal(version, 'v2')
  return (content.messages ?? []).map(({ text }) => text)
}

/** What the client got otherwise than as an answer. */
function pushed(vendors, client) {
  return vendors.manychat.to(client.id).flatMap(({ data }) => texts(data))
}

function phones(lead) {
  const values = lead._embedded?.contacts?.[0].custom_fields_values ?? lead.fm
  return JSON.stringify(values)
}

const kommoOf = ({ kommo }, { phone }) => [...kommo.leads.values()].filter((lead) => phones(lead).includes(phone))
const bitrixOf = ({ bitrix24 }, { phone }) => [...bitrix24.items.values()].filter((item) => phones(item).includes(phone))
const noticesOf = ({ telegram }, { chat }) => telegram.messages.filter((notice) => JSON.stringify(notice).includes(chat))

/** One lead at Kommo, one at Bitrix24, one notice. */
const arrived = (vendors, client) => kommoOf(vendors, client).length && bitrixOf(vendors, client).length && noticesOf(vendors, client).length

async function once(vendors, client) {
  await until(`the lead of ${client.phone}`, () => arrived(vendors, client))
  assert.equal(kommoOf(vendors, client).length, 1, 'leads at Kommo')
  assert.equal(bitrixOf(vendors, client).length, 1, 'leads at Bitrix24')
}

/** The records of a session: the transcript that an audit reads. */
function database() {
  return `sqlite:///${path.join(folder('sqlite'), 'desk.db')}`
}

describe('dialogs, end to end', () => {
  let vendors, host

  before(async () => {
    vendors = await startVendors()
    host = await new Host(vendors, database()).start()
  })
  after(async () => {
    assert.equal(await host.stop(), 0, host.server.log)
    await vendors.stop()
  })

  it('answers from the table at once (R003, R010)', async () => {
    const client = new Client()
    assert.deepEqual(await host.says(client, 'Сколько стоит занятие?'), ['Групповое занятие — 900 ₽, индивидуальное — 1 800 ₽. Первое, пробное, бесплатно.'])
    assert.deepEqual(await host.says(client, 'где вы находитесь'), ['Мы на ул. Лесной, 7, второй этаж, пять минут от метро.'])
  })

  it('makes one lead of a phone, at Kommo and Bitrix24 with UTM, tells the team with a link, and is silent from then on (R002, R012, R013, R096, R111, R112, R126, R131, R158)', async () => {
    const client = new Client()
    assert.deepEqual(await host.says(client, `Мой номер ${client.phone}`), [ACCEPTED])
    await once(vendors, client)
    const [lead] = kommoOf(vendors, client)
    assert.match(lead.request_id, /^k-/)
    assert.deepEqual(lead.custom_fields_values?.find(({ field_code }) => field_code === 'UTM_SOURCE')?.values, [{ value: 'ig' }])
    assert.equal(lead.status_id, 2032, 'the stage of the status (R136)')
    const [item] = bitrixOf(vendors, client)
    assert.equal(item.utmSource, 'ig')
    assert.equal(item.utmCampaign, 'spring')
    assert.equal(item.originId, lead.request_id, 'one key for all targets')
    assert.equal(item.stageId, 'PROCESSED')
    const [notice] = noticesOf(vendors, client)
    assert.equal(String(notice.chat_id), ADMIN)
    assert.ok(JSON.stringify(notice).includes(client.phone))
    assert.deepEqual(await host.says(client, 'А какие у вас условия?'), [])
    assert.equal(kommoOf(vendors, client).length, 1)
  })

  it('makes no lead without a phone, and none of who is no client (R097, R101, R106, R113, R136)', async () => {
    const [asking, stranger] = [new Client(), new Client()]
    await host.says(asking, 'Интересует ваша услуга')
    assert.deepEqual(await host.says(stranger, 'Обожаю собак!'), [])
    assert.deepEqual(await host.says(stranger, 'Алло?'), [])
    assert.equal(kommoOf(vendors, stranger).length + bitrixOf(vendors, stranger).length, 0)
  })

  it('hands over what the table does not know, and is silent when the manager has joined, until called back (R011, R014, R015, R022, R023)', async () => {
    const client = new Client()
    assert.deepEqual(await host.says(client, 'Вы ремонтируете холодильники?'), [MISSED])
    const notice = await until('the notice', () => noticesOf(vendors, client)[0])
    assert.match(notice.text, /ремонтируете холодильники/)
    await host.told(client, { id: 'joined-1', kind: 'operator', action: 'joined', who: 'Ольга' })
    assert.deepEqual(await host.says(client, 'Так что с холодильником?'), [])
    assert.deepEqual(await host.says(client, 'Сколько стоит занятие?'), [])
    await host.told(client, { id: 'back-1', kind: 'operator', action: 'message', who: 'Ольга', text: '/bot' })
    assert.notDeepEqual(await host.says(client, 'Сколько стоит занятие?'), [])
  })

  it('keeps what belongs to a lead until there is one: stage and task at Kommo (R014, R015)', async () => {
    const client = new Client()
    await host.says(client, 'Вы ремонтируете холодильники?')
    await host.says(client, `Тогда перезвоните, ${client.phone}`)
    await once(vendors, client)
    const [{ id }] = kommoOf(vendors, client)
    await until('the task', () => vendors.kommo.tasks.some((task) => task.entity_id === id && task.text === 'Ответить клиенту'))
  })

  it('goes on after an e-mail, and says thanks once', async () => {
    const client = new Client()
    const mail = `anna${client.number}@example.com`
    assert.deepEqual(await host.says(client, `моя почта ${mail}`), ['Спасибо! Пришлём программу на почту. Остались вопросы?'])
    await until('the lead', () => [...vendors.kommo.leads.values()].some((lead) => phones(lead).includes(mail)))
    assert.deepEqual(await host.says(client, 'С какого возраста берёте детей?'), ['С пяти лет.'])
  })

  it('books with the owner\'s own calendar; what comes later is pushed', async () => {
    const client = new Client()
    assert.match((await host.says(client, 'Хочу пробный урок'))[0], /Какой язык/)
    await host.says(client, 'Немецкий')
    await until('the times', () => pushed(vendors, client).some((text) => /удобное время/.test(text)))
    await host.says(client, '1')
    await host.says(client, 'Иван')
    await host.says(client, client.phone)
    await until('the booking', () => pushed(vendors, client).some((text) => text.startsWith('Записали: Немецкий')))
    await once(vendors, client)
  })

  it('answers a repeated request with the same, and acts once (R170)', async () => {
    const client = new Client()
    const payload = client.said(`Запишите номер ${client.phone}`)
    const answers = []
    for (let time = 0; time < 3; time += 1) answers.push((await host.asks(payload)).body)
    assert.deepEqual(answers.map(texts), [[ACCEPTED], [ACCEPTED], [ACCEPTED]])
    await once(vendors, client)
  })

  it('takes requests that overtook each other as they come', async () => {
    const client = new Client()
    const [first, second] = [client.said('Здравствуйте'), client.said(`Номер ${client.phone}`)]
    assert.deepEqual(texts((await host.asks(second)).body), [ACCEPTED])
    assert.deepEqual(texts((await host.asks(first)).body), [], 'the dialog is over')
    await once(vendors, client)
  })

  it('gives fields to an External Request', async () => {
    const client = new Client()
    const url = `${host.url}/manychat/instagram/fields`
    const { body } = await post(url, client.said(`Номер ${client.phone}`), { 'x-frontdesk-secret': SECRET })
    assert.equal(body.reply, ACCEPTED)
    assert.equal(body.lead, true)
    assert.equal(body.phone, client.phone)
    assert.equal(body.status, 'done')
  })

  it('talks in an open line of Bitrix24, and is silent when its operator writes (R022)', async () => {
    const form = (id, text, connector) => new URLSearchParams({
      event: 'ONIMBOTV2MESSAGEADD', ts: '1763712000', 'auth[application_token]': 'application-token', 'auth[domain]': 'school.bitrix24.ru',
      'data[bot][id]': '456', 'data[message][id]': id, 'data[message][chatId]': '5', 'data[message][authorId]': connector === '1' ? '77' : '12',
      'data[message][text]': text, 'data[message][isSystem]': '0', 'data[chat][id]': '5', 'data[chat][dialogId]': 'chat5',
      'data[chat][entityType]': 'LINES', 'data[user][id]': connector === '1' ? '77' : '12', 'data[user][bot]': '0', 'data[user][connector]': connector,
    }).toString()
    const said = () => vendors.bitrix24.lines.filter(({ dialogId }) => dialogId === 'chat5').map(({ fields }) => fields.message)
    const hear = async (...message) => assert.equal((await post(`${host.url}/bitrix24`, form(...message))).status, 200)
    await hear('1', 'Сколько стоит занятие?', '1')
    await until('the answer', () => said().length)
    assert.match(said()[0], /Групповое занятие/)
    await hear('2', 'Здравствуйте, это Ольга', '0')
    await hear('3', 'Где вы находитесь?', '1')
    await new Promise((wake) => setTimeout(wake, 300))
    assert.equal(said().length, 1)
  })

  it('refuses a wrong secret and what is no payload, and says why', async () => {
    const client = new Client()
    assert.equal((await host.asks(client.said('Здравствуйте'), 'instagram', 'wrong')).status, 401)
    assert.equal((await host.asks(client.said('Здравствуйте'), 'instagram', '')).status, 401)
    assert.equal((await post(`${host.url}/bitrix24`, 'event=ONIMBOTV2MESSAGEADD&auth[application_token]=wrong')).status, 401)
    const { status, body } = await host.asks({ nobody: true })
    assert.equal(status, 422)
    assert.equal(body.detail.code, 'payload_invalid')
  })
})

describe('a vendor that fails', () => {
  let vendors, host

  beforeEach(async () => {
    vendors = await startVendors()
    vendors.late = 300
    host = await new Host(vendors, database(), { TIMEOUT: '1' }).start()
  })
  afterEach(async () => {
    await host.stop()
    await vendors.stop()
  })

  for (const fault of ['500', 'limit', 'late', 'never', 'twice']) {
    it(`answers «${fault}»: no lead is lost or doubled`, async () => {
      const several = [new Client(), new Client(), new Client()]
      for (const vendor of ['kommo', 'bitrix24', 'telegram']) vendors.fail(vendor, fault, 2)
      for (const client of several) assert.deepEqual(await host.says(client, client.phone), [ACCEPTED])
      for (const client of several) await once(vendors, client)
    })
  }

  it('is down: the clients are answered all the same', async () => {
    const client = new Client()
    vendors.fail('kommo', '500', Infinity)
    assert.deepEqual(await host.says(client, client.phone), [ACCEPTED])
    await until('the others', () => bitrixOf(vendors, client).length && noticesOf(vendors, client).length)
    vendors.fail('kommo', '500', 0)
    await once(vendors, client)
  })
})

describe('timers, and a table that changes', () => {
  let vendors, host, files

  before(async () => {
    vendors = await startVendors()
    files = folder('bot')
    const text = fs.readFileSync(path.join(EXAMPLE, 'bot.yaml'), 'utf8')
    const quick = text.replace(/^quiet_hours.*$/m, '').replace('after: 48h', 'after: 1s').replaceAll('confirm_within: 5m', 'confirm_within: 1s')
    fs.writeFileSync(path.join(files, 'bot.yaml'), quick)
    fs.copyFileSync(path.join(EXAMPLE, 'faq.csv'), path.join(files, 'faq.csv'))
    host = await new Host(vendors, database(), { BOT: path.join(files, 'bot.yaml') }).start()
  })
  after(async () => {
    await host.stop()
    await vendors.stop()
  })

  it('a table that was edited is taken up by dialogs that are going on; a broken one is not (R025)', async () => {
    const client = new Client()
    const [before] = await host.says(client, 'Есть ли у вас парковка?')
    assert.equal(before, MISSED)
    const bot = async () => (await (await fetch(`${host.url}/health`)).json()).bot
    const first = await bot()
    fs.appendFileSync(path.join(files, 'faq.csv'), 'Есть ли у вас парковка?,"Да, бесплатная, въезд с Лесной.",Где припарковаться?\n')
    host.server.process.kill('SIGHUP')
    const second = await until('the new bot', async () => (await bot()) !== first && bot())
    assert.deepEqual(await host.says(client, 'Есть ли у вас парковка?'), ['Да, бесплатная, въезд с Лесной.'])
    fs.appendFileSync(path.join(files, 'bot.yaml'), '\nunknown_key: 1\n')
    host.server.process.kill('SIGHUP')
    await until('the refusal', () => host.server.log.includes('the bot stays as it was'))
    assert.equal(await bot(), second)
  })

  it('fire without anybody asking: the client who went silent is written to, once', async () => {
    const client = new Client()
    await host.says(client, 'Сколько стоит занятие?')
    await until('the nudge', () => pushed(vendors, client).length)
    assert.match(pushed(vendors, client)[0], /Записать на пробный урок/)
    await new Promise((wake) => setTimeout(wake, 1500))
    assert.equal(pushed(vendors, client).length, 1)
  })

  it('alert the team of a lead that nobody confirmed, and the lead still arrives', async () => {
    const client = new Client()
    vendors.fail('kommo', '500', 3)
    await host.says(client, client.phone)
    await until('the alert', () => vendors.telegram.to(ADMIN).some((text) => /not confirmed by kommo/.test(text)))
    await once(vendors, client)
  })
})

describe('PostgreSQL', { skip: POSTGRES ? false : 'no PostgreSQL here' }, () => {
  let server, vendors
  const hosts = []

  const started = async (options = [], more = {}) => {
    const host = await new Host(vendors, server.url, more).start(...options)
    hosts.push(host)
    return host
  }

  before(async () => {
    server = await postgres(POSTGRES)
    vendors = await startVendors()
  })
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.stop()))
  })
  after(async () => {
    await vendors.stop()
    await server.stop()
  })

  it('a host killed between save and send loses nothing and doubles nothing', async () => {
    const several = Array.from({ length: 20 }, () => new Client())
    const web = await started(['--only', 'web'])
    for (const client of several) assert.deepEqual(await web.says(client, client.phone), [ACCEPTED])
    await web.stop('SIGKILL')
    assert.equal(several.filter((client) => arrived(vendors, client)).length, 0, 'nothing was sent yet')
    await started()
    for (const client of several) await once(vendors, client)
  })

  it('a host killed between the vendor\'s work and its answer doubles nothing', async () => {
    const client = new Client()
    vendors.late = 60_000
    // Notes of earlier clients may be on their way still: the creations are to meet it.
    const creates = ({ path, body }) => /complex$|\.add/.test(path) && JSON.stringify(body).includes(client.phone)
    for (const vendor of ['kommo', 'bitrix24']) vendors.fail(vendor, 'late', 1, creates)
    const host = await started([], { TIMEOUT: '2' })
    await host.says(client, client.phone)
    await until('the lead', () => kommoOf(vendors, client).length && bitrixOf(vendors, client).length)
    await host.stop('SIGKILL')
    await started()
    const [{ originId }] = bitrixOf(vendors, client)
    const looked = ({ path, body }) => path.includes('crm.item.list') && body.filter.originId === originId
    await until('the second asking', () => kommoOf(vendors, client)[0].times > 1 && vendors.requests.some(looked), 90)
    await once(vendors, client)
  })

  it('two workers on one session miss nothing and mix nothing up', async () => {
    const client = new Client()
    const [one, other] = [await started(), await started()]
    const messages = Array.from({ length: 40 }, () => client.said('Сколько стоит занятие?'))
    const answers = await Promise.all(messages.map((message, n) => (n % 2 ? one : other).asks(message)))
    assert.deepEqual(new Set(answers.map(({ body }) => texts(body).length)), new Set([1]))
    const [first] = await Promise.all([one.says(client, client.phone), other.says(client, client.phone)])
    await once(vendors, client)
    assert.ok(first.length <= 1)
  })

  it('2,000 dialogs at once: not one lead is lost or doubled', async () => {
    const count = Number(process.env.DIALOGS ?? 2000)
    const [one, other] = [await started(), await started()]
    const several = Array.from({ length: count }, () => new Client())
    const before = { kommo: vendors.kommo.leads.size, bitrix24: vendors.bitrix24.items.size }
    const times = []
    const begin = Date.now()
    await Promise.all(several.map(async (client, n) => {
      const host = n % 2 ? one : other
      const ask = async (payload) => {
        const start = Date.now()
        const { status, body } = await host.asks(payload)
        times.push(Date.now() - start)
        assert.equal(status, 200)
        return texts(body)
      }
      client.read = [...(await ask(client.said('Сколько стоит занятие?')))]
      const given = client.said(`Мой номер ${client.phone}`)
      client.read.push(...(await ask(given)))
      if (n % 10 === 0) await ask(given) // ManyChat asks again
    }))
    const answered = Date.now() - begin
    const leads = () => Math.min(vendors.kommo.leads.size - before.kommo, vendors.bitrix24.items.size - before.bitrix24)
    await until('all leads', () => leads() >= count && noticesOf(vendors, several.at(-1)).length, 600)
    const delivered = Date.now() - begin
    assert.equal(vendors.kommo.leads.size - before.kommo, count)
    assert.equal(vendors.bitrix24.items.size - before.bitrix24, count)
    // What took too long for an answer is pushed: either way it is read, once.
    await until('all answers', () => several.every((client) => client.read.length + pushed(vendors, client).length === 2))
    const keys = new Set([...vendors.bitrix24.items.values()].slice(-count).map(({ originId }) => originId))
    assert.equal(keys.size, count)
    const late = several.reduce((sum, client) => sum + pushed(vendors, client).length, 0)
    const spent = `${times.length} requests in ${(answered / 1000).toFixed(1)} s (${Math.round((times.length * 1000) / answered)} a second)`
    console.log(`manychat: ${count} dialogs, ${spent}, median ${quantile(times, 0.5)} ms, ${late} answers pushed; all leads at both CRMs after ${(delivered / 1000).toFixed(1)} s`)
  })
})
