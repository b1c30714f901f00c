// What must survive the process, in Redis: sessions, timers, records, and the outbox as lanes. Each change is one script.
//
//   frontdesk:session:NAME        hash: rev, snapshot, reply (what the channel needs for answers beside the user's id)
//   frontdesk:timers              sorted set: NAME by the time its session is due
//   frontdesk:records:NAME        list of records
//   frontdesk:lane:TARGET:NAME    list of parcels, the oldest first: it goes alone, so no update overtakes a creation
//   frontdesk:head:TARGET:NAME    hash about the first of them: attempts, done, worker, error
//   frontdesk:ready:TARGET        sorted set: NAME by the time its lane may be tried; a lease moves it on
//   frontdesk:parked:TARGET:NAME  list of parcels that wait for a lead
//   frontdesk:failed              list of parcels given up
//
// Scripts work out names of keys: one Redis with replicas, no cluster. It is to have `appendonly yes`.

import { Redis } from 'ioredis'

const COMMON = `
local function place(kind, target, name) return 'frontdesk:' .. kind .. ':' .. target .. ':' .. name end
local function ready(target) return 'frontdesk:ready:' .. target end
local function mine(target, name, worker) return redis.call('HGET', place('head', target, name), 'worker') == worker end
local function next_in(target, name, now)
  redis.call('DEL', place('head', target, name))
  if redis.call('EXISTS', place('lane', target, name)) == 1 then
    redis.call('ZADD', ready(target), now, name)
  else
    redis.call('ZREM', ready(target), name)
  end
end
local function settle(target, name, worker, now, failed, release)
  if not mine(target, name, worker) then return 0 end
  local lane, parked = place('lane', target, name), place('parked', target, name)
  local parcel = redis.call('LPOP', lane)
  if failed ~= '' then redis.call('RPUSH', 'frontdesk:failed', cjson.encode({target, name, parcel, failed})) end
  while release == '1' and redis.call('LMOVE', parked, lane, 'RIGHT', 'LEFT') do end
  next_in(target, name, now)
  return 1
end
`

// Saves a session and all that follows from its step, or nothing: 0 where somebody was faster.
const SAVE = `
local name, before, rev, snapshot, reply, due, now, record = unpack(ARGV, 1, 8)
local session = 'frontdesk:session:' .. name
if (redis.call('HGET', session, 'rev') or '') ~= before then return 0 end
redis.call('HSET', session, 'rev', rev, 'snapshot', snapshot, 'reply', reply)
if due == '' then redis.call('ZREM', 'frontdesk:timers', name) else redis.call('ZADD', 'frontdesk:timers', due, name) end
redis.call('RPUSH', 'frontdesk:records:' .. name, record)
if ARGV[9] ~= '' then settle(ARGV[9], name, ARGV[10], now, ARGV[11], ARGV[12]) end
for at = 13, #ARGV, 2 do
  redis.call('RPUSH', place('lane', ARGV[at], name), ARGV[at + 1])
  redis.call('ZADD', ready(ARGV[at]), 'NX', now, name)
end
return 1
`

// Leases the first parcels of lanes: {name, parcel, attempts, done, …}.
const LEASE = `
local target, worker, now, till, limit = unpack(ARGV)
local leased = {}
for _, name in ipairs(redis.call('ZRANGEBYSCORE', ready(target), '-inf', now, 'LIMIT', 0, limit)) do
  local head = place('head', target, name)
  redis.call('ZADD', ready(target), till, name)
  redis.call('HSET', head, 'worker', worker)
  local attempts = redis.call('HINCRBY', head, 'attempts', 1)
  local done = redis.call('HGET', head, 'done') or '0'
  table.insert(leased, {name, redis.call('LINDEX', place('lane', target, name), 0), attempts, tonumber(done)})
end
return leased
`

// Requests of a parcel are through; the lease goes on.
const PROGRESS = `
local target, name, worker, done, till = unpack(ARGV)
if not mine(target, name, worker) then return end
redis.call('HSET', place('head', target, name), 'done', done)
redis.call('ZADD', ready(target), till, name)
`

const AGAIN = `
local target, name, worker, due, error = unpack(ARGV)
if not mine(target, name, worker) then return end
redis.call('HSET', place('head', target, name), 'worker', '', 'error', error)
redis.call('ZADD', ready(target), due, name)
`

const PARK = `
local target, name, worker, now = unpack(ARGV)
if not mine(target, name, worker) then return end
redis.call('RPUSH', place('parked', target, name), redis.call('LPOP', place('lane', target, name)))
next_in(target, name, now)
`

const SETTLE = 'return settle(unpack(ARGV))'

const SCRIPTS = { save: SAVE, lease: LEASE, progress: PROGRESS, again: AGAIN, park: PARK, settle: SETTLE }

/**
 * @typedef {{ target: string, session: string, worker: string, effects: any[], attempts: number, done: number }} Parcel
 * What a turn had for one target, leased by a worker.
 */

export class Store {
  #redis

  /** @param {string} url */
  constructor(url) {
    this.#redis = new Redis(url, { maxRetriesPerRequest: 3 })
    for (const [name, lua] of Object.entries(SCRIPTS)) {
      this.#redis.defineCommand(`frontdesk_${name}`, { numberOfKeys: 0, lua: COMMON + lua })
    }
  }

  #run(script, ...parts) {
    return this.#redis[`frontdesk_${script}`](...parts)
  }

  /** @param {string} name @returns {Promise<{ rev: string, snapshot: string | null, reply: object }>} */
  async session(name) {
    const [rev, snapshot, reply] = await this.#redis.hmget(`frontdesk:session:${name}`, 'rev', 'snapshot', 'reply')
    return { rev: rev ?? '', snapshot, reply: JSON.parse(reply ?? '{}') }
  }

  /** Compare-and-swap on `before`: session, timers, record, parcels, and the parcel that this settles, or nothing. */
  async save(name, before, { rev, snapshot, reply, due, record }, parcels, settled) {
    const posted = parcels.flatMap(({ target, effects }) => [target, JSON.stringify(effects)])
    const { parcel, failed = '', release = false } = settled ?? {}
    const settling = [parcel?.target ?? '', parcel?.worker ?? '', failed, release ? 1 : 0]
    const session = [rev, snapshot, JSON.stringify(reply), due ?? '', Date.now(), record]
    return 1 === (await this.#run('save', name, before, ...session, ...settling, ...posted))
  }

  /** Parcels for a target that nobody else touches for `lease` milliseconds. @returns {Promise<Parcel[]>} */
  async lease(target, worker, lease, limit) {
    const now = Date.now()
    const leased = await this.#run('lease', target, worker, now, now + lease, limit)
    return leased.map(([session, effects, attempts, done]) => ({ target, session, worker, effects: JSON.parse(effects), attempts, done }))
  }

  /** So many requests of it are through; the lease goes on. @param {Parcel} parcel */
  async progress({ target, session, worker }, done, lease) {
    await this.#run('progress', target, session, worker, done, Date.now() + lease)
  }

  /** @param {Parcel} parcel @param {number} wait milliseconds @param {string} error */
  async again({ target, session, worker }, wait, error) {
    await this.#run('again', target, session, worker, Date.now() + wait, error)
  }

  /** Until there is a lead. @param {Parcel} parcel */
  async park({ target, session, worker }) {
    await this.#run('park', target, session, worker, Date.now())
  }

  /** @param {Parcel} parcel */
  async settle({ target, session, worker }, failed = '', release = false) {
    await this.#run('settle', target, session, worker, Date.now(), failed, release ? 1 : 0)
  }

  /** Sessions with a timer that is due. @returns {Promise<string[]>} */
  due(limit) {
    return this.#redis.zrangebyscore('frontdesk:timers', '-inf', Date.now(), 'LIMIT', 0, limit)
  }

  close() {
    return this.#redis.quit()
  }
}
