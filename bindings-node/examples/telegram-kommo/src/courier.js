// Carries parcels of the outbox to their vendors, and the vendors' answers back to the desk; rings due timers.

import { randomUUID } from 'node:crypto'
import { keyOf } from './desk.js'
import { Later, NoLead } from './vendors.js'

const POLL = 250 // milliseconds between looks at an empty outbox
const PATIENCE = 300 // tries, a day's worth; the alert `lead_unconfirmed` has told the team long before

/** One vendor's parcels, until `signal`: a vendor that hangs holds up no other. Any number of processes may run it. */
export async function carry(desk, target, vendor, { timeout }, log, signal) {
  const lease = 4 * timeout // longer than a request takes, its waiting in line included
  const running = new Set()
  const news = new News(signal)
  desk.on(target, () => news.come())
  while (!signal.aborted) {
    const free = vendor.atOnce - running.size
    // A name for each lease: what comes back late settles nothing that was leased since.
    const parcels = free > 0 ? await quietly(log, desk.store.lease(target, randomUUID(), lease, free)) : []
    for (const parcel of parcels ?? []) {
      const errand = deliver(desk, vendor, parcel, lease, log).finally(() => {
        running.delete(errand)
        news.come()
      })
      running.add(errand)
    }
    await news.within(POLL)
  }
  await Promise.allSettled(running)
}

/** Rings the timers that are due. Several may: who saves first has rung, the others find nothing due. */
export async function ring(desk, log, signal) {
  const pause = new News(signal)
  while (!signal.aborted) {
    for (const name of (await quietly(log, desk.store.due(100))) ?? []) await quietly(log, desk.fire(name))
    await pause.within(POLL)
  }
}

/** Something to wait for, at most for a while. */
class News {
  #wake = () => {}
  #came = false

  constructor(signal) {
    signal.addEventListener('abort', () => this.come())
  }

  come() {
    this.#came = true
    this.#wake()
  }

  async within(milliseconds) {
    if (!this.#came) {
      let timer
      await new Promise((wake) => {
        this.#wake = wake
        timer = setTimeout(wake, milliseconds)
      })
      clearTimeout(timer)
    }
    this.#came = false
  }
}

/** Undefined where it failed: a Redis that restarts comes back, and one session holds up no other. */
function quietly(log, work) {
  return work.catch((error) => void log.error(error, 'will be tried again'))
}

async function deliver(desk, vendor, parcel, lease, log) {
  try {
    await attempt(desk, vendor, parcel, lease)
  } catch (error) {
    await quietly(log, explain(desk, parcel, error, log))
  }
}

/** What becomes of a parcel that did not arrive. */
async function explain(desk, parcel, error, log) {
  if (error instanceof NoLead) return desk.store.park(parcel)
  // An effect that this vendor cannot be told will be one next time too.
  if (error.name === 'FrontdeskError' || parcel.attempts >= PATIENCE) {
    log.error({ target: parcel.target, effects: parcel.effects, error: error.message }, 'given up')
    return desk.store.settle(parcel, error.message)
  }
  const later = error instanceof Later
  if (!later) log.error(error, 'a bug of the host')
  const wait = Math.max(later ? error.after : 0, backoff(parcel.attempts))
  log.warn({ target: parcel.target, error: error.message, wait }, 'again later')
  return desk.store.again(parcel, wait, error.message)
}

async function attempt(desk, vendor, parcel, lease) {
  const { snapshot, reply } = await desk.store.session(parcel.session)
  if (snapshot === null) return desk.store.settle(parcel, 'the session is gone') // deleted, as its owner asked
  const session = JSON.parse(snapshot)
  const effects = parcel.effects.filter((effect) => wanted(effect, session)).map((effect) => known(effect, session))
  const errands = effects.length > 0 ? vendor.errands(keyOf(parcel.session), effects, session, reply) : []
  let event
  for (const [done, errand] of errands.entries()) {
    if (done < parcel.done) continue
    if (done > parcel.done) await desk.store.progress(parcel, done, lease)
    event = (await vendor.run(errand)) ?? event
  }
  return event === undefined ? desk.store.settle(parcel) : desk.settle(parcel, event)
}

// Whether it may still be said: not where a human talks by now. (`mode_rev` alone would not tell: the closing reply of a
// dialog is older than its end.)
function wanted(effect, session) {
  return effect.kind !== 'reply' || session.mode !== 'human'
}

/** An update made before the creation was answered gets the ids that are known by now. */
function known(effect, session) {
  if (effect.kind !== 'update_lead') return effect
  const lead = session.leads?.find(({ key }) => key === effect.lead_key)
  return { ...effect, ids: { ...effect.ids, ...lead?.ids } }
}

/** Milliseconds: half a second, 1, 2, 4 … up to five minutes. */
function backoff(attempts) {
  return Math.min(250 * 2 ** attempts, 300_000)
}
