// Who is on the other side of the outbox: where requests go, with what secrets, and what answers mean.

import { setTimeout as sleep } from 'node:timers/promises'
import { decode, encode } from 'frontdesk'

// A token that ran out loses no lead: somebody will renew it.
const LOCKED_OUT = [401, 403]

/** The vendor could not be asked, or could not answer: the same again, `after` milliseconds at the earliest. */
export class Later extends Error {
  constructor(reason, after = 0) {
    super(reason)
    this.after = after
  }
}

/** It belongs to a lead, and there is none yet. */
export class NoLead extends Error {}

/** One vendor's address and headers, and no more requests a second than it allows. */
class Http {
  #base
  #headers
  #pause
  #timeout
  #free = 0

  constructor(base, timeout, { token, perSecond = 0 }) {
    this.#timeout = timeout
    this.#base = base.replace(/\/$/, '')
    this.#headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    this.#pause = perSecond ? 1000 / perSecond : 0
  }

  async send(method, path, payload) {
    await this.#inTurn()
    try {
      const signal = AbortSignal.timeout(this.#timeout)
      const body = JSON.stringify(payload)
      const url = path === '' ? this.#base : `${this.#base}/${path.replace(/^\//, '')}`
      const answer = await fetch(url, { method, headers: this.#headers, body, signal })
      const wait = Number(answer.headers.get('retry-after') ?? 0) * 1000 || 0
      return { status: answer.status, body: await answer.text(), wait }
    } catch (error) {
      throw new Later(error.cause?.code ?? error.name)
    }
  }

  async #inTurn() {
    const now = Date.now()
    const wait = this.#free - now
    this.#free = Math.max(this.#free, now) + this.#pause
    if (wait > 0) await sleep(wait)
  }
}

/** A system of the team: a target of the definition. `options` is what the codec must know of the account. */
class Target {
  atOnce = 8

  constructor(name, codec, http, options, log) {
    Object.assign(this, { name, codec, http, options, log })
  }

  /** The requests that effects become. Throws NoLead, and FrontdeskError for what the vendor cannot be told. */
  errands(_key, effects, session) {
    const { payloads, requests, changes } = encode(this.codec, effects, { ...this.options, ...this.#known(session), target: this.name })
    for (const change of changes) {
      if (change.code === 'lead_unknown') throw new NoLead('there is no lead yet')
      this.log.warn({ target: this.name, change }, 'the vendor has no room for it')
    }
    return payloads.map((payload, n) => ({ ...requests[n], payload, kind: effects.find(({ key }) => key === requests[n].effect).kind }))
  }

  /** What a CRM must know beside: its latest lead of this client. */
  #known({ leads = [] }) {
    if (this.codec !== 'kommo') return {}
    const lead = leads.findLast(({ ids }) => ids?.[this.name])
    return { now: new Date().toISOString(), ...(lead && { lead_id: lead.ids[this.name] }) }
  }

  /** Sends; gives what the answer means for the dialog. Throws Later where the same may be sent again. */
  async run({ effect, method, path, payload, key, kind }) {
    const { status, body, wait } = await this.http.send(method, path ?? '', payload)
    const [talk] = decode(this.codec, body, { effect, target: this.name, status, ...(key && { request: key }) })
    const [event] = talk.events
    if (!event.ok && (event.data?.retry || LOCKED_OUT.includes(status))) {
      throw new Later(event.error, event.data?.retry_after * 1000 || wait)
    }
    return ['create_lead', 'update_lead', 'request'].includes(kind) ? event : undefined
  }
}

/** The client. */
class Client {
  atOnce = 16

  constructor(http) {
    this.http = http
  }

  errands(key, effects, _session, reply) {
    const { payloads, requests } = encode(key.channel, effects, { to: key.user, ...reply })
    return payloads.map((payload, n) => ({ ...requests[n], payload }))
  }

  async run({ method, path, payload }) {
    const { status, body, wait } = await this.http.send(method, path, payload)
    if (status === 429) throw new Later('too many messages', JSON.parse(body).parameters?.retry_after * 1000 || wait)
    if (status >= 500 || LOCKED_OUT.includes(status) && !/blocked|deactivated/.test(body)) throw new Later(`${status} ${body}`, wait)
    return undefined // a client who has blocked the bot hears nothing
  }

  /** Stops the wheel on a pressed button; nobody waits for it, and an old press is refused. */
  answerPress(id) {
    const [payload] = encode('telegram', [], { callback_query_id: id }).payloads
    this.http.send('POST', 'answerCallbackQuery', payload).catch(() => {})
  }
}

/** The owner's own system: calendar, orders, payments. It takes the request and answers `{ok, data?, error?}`. */
class Backoffice {
  atOnce = 8

  constructor(http) {
    this.http = http
  }

  errands(session, effects) {
    return effects.map((effect) => ({ effect: effect.key, payload: { session, ...effect } }))
  }

  async run({ effect, payload }) {
    const { status, body, wait } = await this.http.send('POST', '', payload)
    if (status !== 200) throw new Later(`${status} ${body}`, wait)
    return { id: `result.${effect}.backoffice`, kind: 'result', effect, ...JSON.parse(body) }
  }
}

/** Every vendor that the settings give an address or a token, by target. Parcels for others wait in the outbox. */
export function vendors({ telegram, kommo, backoffice, paced, timeout }, accounts, log) {
  // Against stand-ins there is nothing to spare.
  const http = (base, allowed, token) => new Http(base, timeout, { token, perSecond: paced ? allowed : 0 })
  const bot = `${telegram.api}/bot${telegram.token}`
  const all = { client: new Client(http(bot, 25)) }
  if (telegram.adminChat) {
    const options = { chat_id: telegram.adminChat, ...accounts.telegram_admin }
    all.telegram_admin = new Target('telegram_admin', 'telegram_admin', http(bot, 0.33), options, log) // 20 a minute in a group
  }
  if (kommo.url) all.kommo = new Target('kommo', 'kommo', http(kommo.url, 7, kommo.token), accounts.kommo, log)
  if (backoffice.url) all.backoffice = new Backoffice(http(backoffice.url, 0, backoffice.token))
  return all
}
