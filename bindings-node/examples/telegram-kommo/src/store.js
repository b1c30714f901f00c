// What must survive the process, in Redis: sessions, timers, records, and the outbox as lanes. Each change is one script.
//
//   frontdesk:session:NAME       hash: rev, snapshot
//   frontdesk:timers             sorted set: NAME by the time its session is due
//   frontdesk:records:NAME       list of records
//   frontdesk:lane:TARGET:NAME   list of parcels for one target, the oldest first: it goes alone
//   frontdesk:head:TARGET:NAME   hash about the first of them: attempts, done, worker, error
//   frontdesk:ready:TARGET       sorted set: NAME by the time its lane may be tried; a lease moves it on
//   frontdesk:failed             list of parcels given up
//
// Scripts work out names of keys: one Redis with replicas, no cluster. It is to have `appendonly yes`.

import { Redis } from 'ioredis'

const COMMON = `
local function lane(target, name) return 'frontdesk:lane:' .. target .. ':' .. name end
local function head(target, name) return 'frontdesk:head:' .. target .. ':' .. name end
local function ready(target) return 'frontdesk:ready:' .. target end
local function mine(target, name, worker) return redis.call('HGET', head(target, name), 'worker') == worker end
local function settle(target, name, worker, now, failed)
  if not mine(target, name, worker) then return 0 end
  local parcel = redis.call('LPOP', lane(target, name))
  if failed ~= '' then redis.call('RPUSH', 'frontdesk:failed', cjson.encode({target, name, parcel, failed})) end
  redis.call('DEL', head(target, name))
  if redis.call('EXISTS', lane(target, name)) == 1 then
    redis.call('ZADD', ready(target), now, name)
  else
    redis.call('ZREM', ready(target), name)
  end
  return 1
end
`

// Saves a session and all that follows from its step, or nothing: 0 where somebody was faster.
const SAVE = `
local name, before, rev, snapshot, due, now, record = unpack(ARGV, 1, 7)
local session = 'frontdesk:session:' .. name
if (redis.call('HGET', session, 'rev') or '') ~= before then return 0 end
redis.call('HSET', session, 'rev', rev, 'snapshot', snapshot)
if due == '' then redis.call('ZREM', 'frontdesk:timers', name) else redis.call('ZADD', 'frontdesk:timers', due, name) end
redis.call('RPUSH', 'frontdesk:records:' .. name, record)
local target, worker = ARGV[8], ARGV[9]
if target ~= '' then settle(target, name, worker, now, '') end
for at = 10, #ARGV, 2 do
  redis.call('RPUSH', lane(ARGV[at], name), ARGV[at + 1])
  redis.call('ZADD', ready(ARGV[at]), 'NX', now, name)
end
return 1
`

// Leases the first parcels of lanes: {name, parcel, attempts, done, …}.
const LEASE = `
local target, worker, now, till, limit = unpack(ARGV)
local leased = {}
for _, name in ipairs(redis.call('ZRANGEBYSCORE', ready(target), '-inf', now, 'LIMIT', 0, limit)) do
  redis.call('ZADD', ready(target), till, name)
  redis.call('HSET', head(target, name), 'worker', worker)
  local attempts = redis.call('HINCRBY', head(target, name), 'attempts', 1)
  local done = redis.call('HGET', head(target, name), 'done') or '0'
  table.insert(leased, {name, redis.call('LINDEX', lane(target, name), 0), attempts, tonumber(done)})
end
return leased
`

const PROGRESS = `
local target, name, worker, done = unpack(ARGV)
if mine(target, name, worker) then redis.call('HSET', head(target, name), 'done', done) end
`

const AGAIN = `
local target, name, worker, due, error = unpack(ARGV)
if not mine(target, name, worker) then return end
redis.call('HSET', head(target, name), 'worker', '', 'error', error)
redis.call('ZADD', ready(target), due, name)
`

const SETTLE = 'return settle(unpack(ARGV))'

const SCRIPTS = { save: SAVE, lease: LEASE, progress: PROGRESS, again: AGAIN, settle: SETTLE }

/**
 * @typedef {{ target: string, session: string, worker: string, effect: any, attempts: number, done: number }} Parcel
 * One effect for one target, leased by a worker.
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

  /** @param {string} name @returns {Promise<{ rev: string, snapshot: string | null }>} */
  async session(name) {
    const [rev, snapshot] = await this.#redis.hmget(`frontdesk:session:${name}`, 'rev', 'snapshot')
    return { rev: rev ?? '', snapshot }
  }

  /** Compare-and-swap on `before`: session, timers, record, parcels, and the parcel that this settles, or nothing. */
  async save(name, before, { rev, snapshot, due, record }, parcels, settles) {
    const posted = parcels.flatMap(({ target, effect }) => [target, JSON.stringify(effect)])
    const settled = [settles?.target ?? '', settles?.worker ?? '']
    return 1 === (await this.#run('save', name, before, rev, snapshot, due ?? '', Date.now(), record, ...settled, ...posted))
  }

  /** Parcels for a target that nobody else touches for `lease` milliseconds. @returns {Promise<Parcel[]>} */
  async lease(target, worker, lease, limit) {
    const now = Date.now()
    const leased = await this.#run('lease', target, worker, now, now + lease, limit)
    return leased.map(([session, effect, attempts, done]) => ({ target, session, worker, effect: JSON.parse(effect), attempts, done }))
  }

  /** @param {Parcel} parcel @param {number} done requests of it that are through */
  async progress({ target, session, worker }, done) {
    await this.#run('progress', target, session, worker, done)
  }

  /** @param {Parcel} parcel @param {number} wait milliseconds @param {string} error */
  async again({ target, session, worker }, wait, error) {
    await this.#run('again', target, session, worker, Date.now() + wait, error)
  }

  /** @param {Parcel} parcel */
  async settle({ target, session, worker }, failed = '') {
    await this.#run('settle', target, session, worker, Date.now(), failed)
  }

  /** Sessions with a timer that is due. @returns {Promise<string[]>} */
  due(limit) {
    return this.#redis.zrangebyscore('frontdesk:timers', '-inf', Date.now(), 'LIMIT', 0, limit)
  }

  close() {
    return this.#redis.quit()
  }
}
