// Carries parcels of the outbox to their vendors, and the vendors' answers back to the desk; rings due timers.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyOf } from './desk.js'
import { Later } from './vendors.js'

const LEASE = 60_000 // milliseconds that a parcel is ours: longer than its requests take with their timeouts
const POLL = 250 // milliseconds between looks at an empty outbox
const PATIENCE = 300 // tries, a day's worth; the alert `lead_unconfirmed` has told the team long before

/** One vendor's parcels, until `signal`: a vendor that hangs holds up no other. Any number of processes may run it. */
export async function carry(desk, target, vendor, log, signal) {
  const worker = randomUUID()
  const running = new Set()
  while (!signal.aborted) {
    const free = vendor.atOnce - running.size
    const parcels = free > 0 ? await desk.store.lease(target, worker, LEASE, free) : []
    for (const parcel of parcels) {
      const errand = deliver(desk, vendor, parcel, log).finally(() => running.delete(errand))
      running.add(errand)
    }
    await Promise.race([...running, pause(POLL, signal)])
  }
  await Promise.allSettled(running)
}

/** Rings the timers that are due. Several may: who saves first has rung, the others find nothing due. */
export async function ring(desk, log, signal) {
  while (!signal.aborted) {
    const names = await desk.store.due(100)
    for (const name of names) await desk.fire(name).catch((error) => log.error(error, `timers of ${name}`))
    if (names.length < 100) await pause(POLL, signal)
  }
}

async function deliver(desk, vendor, parcel, log) {
  try {
    await attempt(desk, vendor, parcel)
  } catch (error) {
    if (error.name === 'FrontdeskError') {
      // an effect that the vendor cannot be told: trying again gives the same
      log.error({ effect: parcel.effect, error: error.message }, 'refused')
      return desk.store.settle(parcel, error.message)
    }
    if (parcel.attempts >= PATIENCE) {
      log.error({ effect: parcel.effect, error: error.message }, 'given up')
      return desk.store.settle(parcel, error.message)
    }
    const wait = Math.max(error instanceof Later ? error.after : 0, backoff(parcel.attempts))
    log.warn({ target: parcel.target, error: error.message, wait }, 'again later')
    await desk.store.again(parcel, wait, error.message)
  }
}

async function attempt(desk, vendor, parcel) {
  const { snapshot } = await desk.store.session(parcel.session)
  const session = JSON.parse(snapshot)
  const effect = known(parcel.effect, session)
  if (!wanted(effect, session)) return desk.store.settle(parcel)
  const key = keyOf(parcel.session)
  let event
  for (const [done, errand] of vendor.errands(key, effect, session, parcel.attempts > 1).entries()) {
    if (done < parcel.done) continue
    if (done > parcel.done) await desk.store.progress(parcel, done)
    event = (await vendor.send(errand)) ?? event
  }
  return event === undefined ? desk.store.settle(parcel) : desk.take(key, event, parcel)
}

/** Whether it may still be said: not where a human has joined, or left, since. */
function wanted(effect, session) {
  return effect.kind !== 'reply' || effect.mode_rev >= session.mode_rev
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

function pause(milliseconds, signal) {
  return sleep(milliseconds, undefined, { signal }).catch(() => {})
}
