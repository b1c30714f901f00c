// Stand-ins for the vendors on loopback: Kommo, Bitrix24, Telegram, ManyChat, and the owner's own system («backoffice»).
//
//   const vendors = await start()                    // vendors.url: http://127.0.0.1:PORT
//   vendors.fail('kommo', '500', 2)                  // the next two requests to it
//   vendors.fail('kommo', 'late', 1, isCreation)     // the next of those that `isCreation({ method, path, body })` means
//   vendors.kommo.leads, vendors.telegram.messages   // what was done; vendors.requests: all that came
//
// `node tests/hosts/vendors.mjs [PORT]` runs it alone and prints what comes. It is for tests and first steps: it knows the
// requests that the codecs make, checks their secrets and refuses what the vendor would refuse, and no more.

import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

export const SECRETS = { kommo: 'kommo-token', bitrix24: 'hook-secret', telegram: '1:bot-token', manychat: 'mc-token' }

/** Faults that a vendor can be told to have; `late` and `never` do the work first: the answer is what is missing. */
export const FAULTS = ['500', 'limit', 'late', 'never', 'twice']

class Refused extends Error {
  constructor(status, body) {
    super(JSON.stringify(body))
    Object.assign(this, { status, body })
  }
}

/** Kommo with duplicate control on: a lead whose phone or e-mail an open lead has is merged into that. */
class Kommo {
  leads = new Map()
  #byMark = new Map()
  tasks = []
  notes = []
  limited = [429, { title: 'Too Many Requests', status: 429 }]

  answer(method, path, body, headers) {
    if (headers.authorization !== `Bearer ${SECRETS.kommo}`) throw new Refused(401, { title: 'Unauthorized', status: 401 })
    const [, what, id, more] = path.match(/^\/api\/v4\/(\w+)(?:\/(\w+))?(?:\/(\w+))?/) ?? []
    if (method === 'GET' && what === 'leads') return this.find(new URLSearchParams(path.split('?')[1]).get('query'))
    if (method === 'POST' && what === 'leads' && id === 'complex') return body.map((lead) => this.complex(lead))
    if (method === 'PATCH' && what === 'leads') return { id: Object.assign(this.lead(id), body).id, updated_at: 1 }
    if (method === 'POST' && what === 'leads' && more === 'notes') return this.note(this.lead(id), body)
    if (method === 'POST' && what === 'tasks') return this.task(body)
    throw new Refused(404, { title: 'Not Found', status: 404 })
  }

  complex(lead) {
    const contact = lead._embedded?.contacts?.[0]
    const marks = contact?.custom_fields_values?.flatMap((field) => field.values.map(({ value }) => value)) ?? []
    const twin = marks.map((mark) => this.#byMark.get(mark)).find(Boolean)
    const kept = twin ?? { id: 1000 + this.leads.size, times: 0, ...lead }
    kept.times += 1
    this.leads.set(kept.id, kept)
    for (const mark of marks) this.#byMark.set(mark, kept)
    const echoed = lead.request_id === undefined ? undefined : [lead.request_id]
    return { id: kept.id, contact_id: 7, company_id: null, request_id: echoed, merged: twin !== undefined }
  }

  lead(id) {
    const lead = this.leads.get(Number(id))
    if (!lead) throw new Refused(400, { title: 'Bad Request', status: 400, detail: 'no such lead' })
    return lead
  }

  find(text) {
    const leads = [...this.leads.values()].filter((lead) => JSON.stringify(lead).includes(text))
    return leads.length === 0 ? undefined : { _embedded: { leads: leads.map(({ id, name }) => ({ id, name })) } }
  }

  note(lead, notes) {
    this.notes.push(...notes.map((note) => ({ lead: lead.id, ...note })))
    return { _embedded: { notes: notes.map((_, n) => ({ id: n + 1, entity_id: lead.id })) } }
  }

  task(tasks) {
    const whole = (task) => task.text && task.complete_till
    if (!tasks.every(whole)) throw new Refused(400, { title: 'Bad Request', status: 400, detail: 'text, complete_till' })
    this.tasks.push(...tasks)
    return { _embedded: { tasks: tasks.map((_, n) => ({ id: n + 1 })) } }
  }
}

/** Bitrix24 has no duplicate control over REST: who adds twice has two. */
class Bitrix24 {
  items = new Map()
  comments = []
  lines = []
  limited = [503, { error: 'QUERY_LIMIT_EXCEEDED', error_description: 'Too many requests' }]

  answer(_method, path, body) {
    const [, secret, method] = path.match(/^\/rest\/\d+\/([^/]+)\/([\w.]+?)(?:\.json)?$/) ?? []
    if (secret !== SECRETS.bitrix24) throw new Refused(401, { error: 'INVALID_CREDENTIALS' })
    switch (method) {
      case 'crm.item.add':
        return { result: { item: { id: this.add(body.fields) } } }
      case 'crm.lead.add':
        return { result: this.add(body.fields) }
      case 'crm.item.list':
        return { result: { items: this.list(body.filter ?? {}) } }
      case 'crm.item.update':
        return { result: { item: Object.assign(this.item(body.id), body.fields) } }
      case 'crm.lead.update':
        return { result: Boolean(Object.assign(this.item(body.id), body.fields)) }
      case 'crm.timeline.comment.add':
        return { result: this.comments.push(body.fields) }
      default:
        if (method?.startsWith('imopenlines.') || method?.startsWith('imbot.')) return { result: this.lines.push({ method, ...body }) > 0 }
        throw new Refused(404, { error: 'ERROR_METHOD_NOT_FOUND' })
    }
  }

  add(fields) {
    const id = 300 + this.items.size
    this.items.set(id, { id, ...fields })
    return id
  }

  list(filter) {
    const fits = (item) => Object.entries(filter).every(([name, value]) => String(item[name]) === String(value))
    return [...this.items.values()].filter(fits)
  }

  item(id) {
    const item = this.items.get(Number(id))
    if (!item) throw new Refused(400, { error: 'NOT_FOUND' })
    return item
  }
}

class Telegram {
  messages = []
  #chats = new Map()
  callbacks = []
  limited = [429, { ok: false, error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } }]

  answer(_method, path, body) {
    const [, token, method] = path.match(/^\/bot([^/]+)\/(\w+)$/) ?? []
    if (token !== SECRETS.telegram) throw new Refused(401, { ok: false, error_code: 401, description: 'Unauthorized' })
    if (method === 'answerCallbackQuery') return { ok: true, result: this.callbacks.push(body.callback_query_id) > 0 }
    if (method !== 'sendMessage') throw new Refused(404, { ok: false, error_code: 404, description: 'Not Found' })
    if (!body.text || [...body.text].length > 4096) throw new Refused(400, { ok: false, error_code: 400, description: 'Bad Request: text' })
    this.messages.push(body)
    this.#chats.set(String(body.chat_id), [...this.to(body.chat_id), body.text])
    return { ok: true, result: { message_id: this.messages.length, chat: { id: body.chat_id } } }
  }

  /** The texts that a chat got. */
  to(chat) {
    return this.#chats.get(String(chat)) ?? []
  }
}

class ManyChat {
  #sent = new Map()
  limited = [429, { status: 'error', message: 'Too many requests' }]

  answer(_method, path, body, headers) {
    if (headers.authorization !== `Bearer ${SECRETS.manychat}`) throw new Refused(401, { status: 'error', message: 'Unauthorized' })
    if (path !== '/fb/sending/sendContent') throw new Refused(404, { status: 'error' })
    if (!body.subscriber_id || body.data?.version !== 'v2') throw new Refused(400, { status: 'error', message: 'Validation error' })
    this.#sent.set(String(body.subscriber_id), [...this.to(body.subscriber_id), body])
    return { status: 'success' }
  }

  /** What was sent to a contact. */
  to(contact) {
    return this.#sent.get(String(contact)) ?? []
  }
}

/** The owner's own system: a calendar with two times, and a yes to all else. */
class Backoffice {
  asked = []
  limited = [429, {}]
  /** What it answers, by the request's `what`. */
  answers = {
    slots: { slots: [{ id: 's1', start: '2030-01-10T07:00:00Z' }, { id: 's2', start: '2030-01-10T08:00:00Z' }] },
    order: { status: 'в пути', verified: true },
  }

  answer(_method, _path, body) {
    this.asked.push(body)
    return { ok: true, data: this.answers[body.what] ?? {} }
  }
}

export async function start(port = 0, watch = () => {}) {
  const vendors = { kommo: new Kommo(), bitrix24: new Bitrix24(), telegram: new Telegram(), manychat: new ManyChat(), backoffice: new Backoffice() }
  const requests = []
  const faults = {}

  async function serve(request, response) {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const [, name, path] = request.url.match(/^\/(\w+)(\/.*)?$/) ?? []
    if (name === 'faults' && request.method === 'POST') {
      const { vendor, fault, times } = JSON.parse(text)
      all.fail(vendor, fault, times)
      return send(response, 200, { ok: true })
    }
    const vendor = vendors[name]
    if (!vendor) return send(response, 404, {})
    const asked = { vendor: name, method: request.method, path, body: text && JSON.parse(text) }
    const fault = (asked.fault = strike(asked))
    requests.push(asked)
    watch(asked)
    if (fault === '500') return send(response, 500, 'Internal Server Error')
    if (fault === 'limit') return send(response, ...vendor.limited)
    const [status, body] = attempt(vendor, asked, request.headers)
    if (fault === 'never') return undefined
    if (fault === 'late') await sleep(all.late, undefined, { ref: false })
    if (fault === 'twice') return twice(response, status, body)
    return send(response, status, body)
  }

  function strike(asked) {
    const { fault, times, meant } = faults[asked.vendor] ?? {}
    if (!times || !meant(asked)) return undefined
    faults[asked.vendor].times -= 1
    return fault
  }

  const server = http.createServer((request, response) => {
    serve(request, response).catch((error) => send(response, 400, { error: error.message }))
  })
  server.keepAliveTimeout = 60_000
  await new Promise((ready) => server.listen({ port, host: '127.0.0.1', backlog: 4096 }, ready))
  const all = {
    ...vendors,
    requests,
    url: `http://127.0.0.1:${server.address().port}`,
    /** How late `late` is, in milliseconds. */
    late: 3000,
    /** The next `times` requests to `vendor`, of those that are `meant`, meet `fault`. */
    fail: (vendor, fault, times = 1, meant = () => true) => void (faults[vendor] = { fault, times, meant }),
    stop: () => (server.closeAllConnections(), new Promise((closed) => server.close(closed))),
  }
  return all
}

function attempt(vendor, { method, path, body }, headers) {
  try {
    const answer = vendor.answer(method, path, body, headers)
    return answer === undefined ? [204, ''] : [200, answer]
  } catch (error) {
    if (error instanceof Refused) return [error.status, error.body]
    throw error
  }
}

function send(response, status, body) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
}

/** The same answer two times on one connection: a client that takes the second for the answer to its next request errs. */
function twice(response, status, body) {
  const text = JSON.stringify(body)
  const whole = `HTTP/1.1 ${status} OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  response.socket.write(whole + whole)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const port = Number(process.argv[2] ?? 9000)
  const shown = ({ vendor, method, path, body, fault }) =>
    console.log(`${vendor} ${method} ${path} ${JSON.stringify(body)}${fault ? ` (${fault})` : ''}`)
  const { url } = await start(port, shown)
  console.log(`vendors at ${url}; their secrets: ${JSON.stringify(SECRETS)}`)
}
