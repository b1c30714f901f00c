// Takes events to sessions: load, migrate if the bot changed, step, save what follows together with the session.

// How often a session may be taken from under our hands before something else must be wrong.
const RACES = 50

export class Desk {
  #listeners = new Map()
  #lines = new Map()

  /**
   * @param {import('frontdesk').Bot} bot may be replaced at any time: sessions follow with their next event
   * @param {import('./store.js').Store} store
   * @param {string} [team] the target that alerts and suggestions go to
   */
  constructor(bot, store, team) {
    Object.assign(this, { bot, store, team })
  }

  /** One event of the client's channel, whatever became of it before: a repeated one changes nothing. */
  take(talk, event) {
    return this.#turn(named(talk.key), (session) => this.bot.step(session, event, new Date()), { talk })
  }

  /** A vendor's answer: the parcel is settled with what follows from it, or neither is. */
  settle(parcel, event) {
    const release = parcel.effects[0].kind === 'create_lead'
    const settled = { parcel, failed: event.ok ? '' : event.error ?? 'refused', release }
    return this.#turn(parcel.session, (session) => this.bot.step(session, event, new Date()), { settled })
  }

  /** The timers of a session that are due. */
  fire(name) {
    return this.#turn(name, (session) => this.bot.due(session, new Date()), {})
  }

  /** `listener` is called when something is put into the outbox for a target. */
  on(target, listener) {
    this.#listeners.set(target, listener)
  }

  /** Turns of one session stand in line here; only other processes are raced against. */
  async #turn(name, act, more) {
    const turn = (this.#lines.get(name) ?? Promise.resolve()).then(() => this.#race(name, act, more))
    const line = turn.catch(() => {})
    this.#lines.set(name, line)
    try {
      return await turn
    } finally {
      if (this.#lines.get(name) === line) this.#lines.delete(name)
    }
  }

  async #race(name, act, { talk = {}, settled }) {
    for (let race = 0; race < RACES; race += 1) {
      const stored = await this.store.session(name)
      const session = this.#session(name, stored.snapshot, talk.contact)
      const turn = act(session)
      // A repeated event, or a timer that another worker has rung.
      if (String(session.state.rev) === stored.rev) {
        if (settled) await this.store.settle(settled.parcel, settled.failed, settled.release)
        return turn
      }
      const snapshot = session.snapshot()
      const parcels = this.#parcels(turn.effects, JSON.parse(snapshot))
      const due = turn.next_due && Date.parse(turn.next_due)
      const after = { rev: session.state.rev, snapshot, reply: talk.reply ?? stored.reply, due, record: JSON.stringify(turn.record) }
      if (await this.store.save(name, stored.rev, after, parcels, settled)) {
        for (const { target } of parcels) this.#listeners.get(target)?.()
        return turn
      }
    }
    throw new Error(`${name}: lost ${RACES} races in a row`)
  }

  #session(name, snapshot, contact) {
    if (snapshot === null) return this.bot.open(keyOf(name), new Date(), contact)
    if (JSON.parse(snapshot).bot.hash !== this.bot.hash) return this.bot.migrate(snapshot).session
    return this.bot.restore(snapshot)
  }

  /** The effects of a turn by where they go, each on its own; but what is set beside a lead that is created goes with it. */
  #parcels(effects, { dialog, leads = [] }) {
    const holders = [...new Set(leads.filter((lead) => lead.dialog === dialog).flatMap(({ to }) => to))]
    const parcels = []
    const born = new Map()
    for (const effect of effects) {
      for (const target of this.#targets(effect, holders)) {
        if (born.has(target) && ['set_status', 'tag'].includes(effect.kind)) {
          born.get(target).effects.push(effect)
          continue
        }
        const parcel = { target, effects: [effect] }
        parcels.push(parcel)
        if (effect.kind === 'create_lead') born.set(target, parcel)
      }
    }
    return parcels
  }

  /** Who carries out an effect. */
  #targets(effect, holders) {
    switch (effect.kind) {
      case 'reply':
        return ['client']
      case 'create_lead':
      case 'update_lead':
        return effect.to
      case 'handoff':
        return effect.to.map(({ target }) => target)
      case 'notify':
      case 'note':
        return [effect.to]
      case 'request':
        return ['backoffice']
      case 'alert':
      case 'suggest':
        return this.team === undefined ? [] : [this.team]
      case 'set_status':
      case 'tag':
        return holders
      default: // fields and timers: the session has them
        return []
    }
  }
}

const PARTS = ['channel', 'account', 'user']

/** @param {import('frontdesk').Key} key */
export function named(key) {
  return PARTS.map((part) => encodeURIComponent(key[part])).join('/')
}

/** @param {string} name */
export function keyOf(name) {
  const parts = name.split('/').map(decodeURIComponent)
  return Object.fromEntries(PARTS.map((part, at) => [part, parts[at]]))
}
