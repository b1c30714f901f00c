// Takes events to sessions: load, migrate if the bot changed, step, save what follows together with the session.

// How often a session may be taken from under our hands before something else must be wrong.
const RACES = 50

export class Desk {
  /**
   * @param {import('frontdesk').Bot} bot may be replaced at any time: sessions follow with their next event
   * @param {import('./store.js').Store} store
   * @param {string} [team] the target that alerts and suggestions go to
   */
  constructor(bot, store, team) {
    Object.assign(this, { bot, store, team })
  }

  /** One event, whatever became of it before: a repeated one changes nothing. `settles`: the parcel that it answers. */
  take(key, event, settles) {
    return this.#turn(named(key), (session) => this.bot.step(session, event, new Date()), settles)
  }

  /** The timers of a session that are due. */
  fire(name) {
    return this.#turn(name, (session) => this.bot.due(session, new Date()))
  }

  async #turn(name, step, settles) {
    for (let race = 0; race < RACES; race += 1) {
      const stored = await this.store.session(name)
      const session = this.#session(name, stored.snapshot)
      const turn = step(session)
      if (turn.outcome === 'duplicate') {
        if (settles) await this.store.settle(settles)
        return turn
      }
      const parcels = turn.effects.flatMap((effect) => this.#targets(effect, session).map((target) => ({ target, effect })))
      const due = turn.next_due && Date.parse(turn.next_due)
      const after = { rev: session.state.rev, snapshot: session.snapshot(), due, record: JSON.stringify(turn.record) }
      if (await this.store.save(name, stored.rev, after, parcels, settles)) return turn
    }
    throw new Error(`${name}: lost ${RACES} races in a row`)
  }

  #session(name, snapshot) {
    if (snapshot === null) return this.bot.open(keyOf(name), new Date())
    if (JSON.parse(snapshot).bot.hash !== this.bot.hash) return this.bot.migrate(snapshot).session
    return this.bot.restore(snapshot)
  }

  /** Who carries out an effect. */
  #targets(effect, session) {
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
      case 'set_status': // those that hold a lead of this dialog
        return [...new Set(leads(session).flatMap(({ to }) => to))]
      default: // fields, tags and timers: the session has them
        return []
    }
  }
}

function leads(session) {
  const { dialog, leads = [] } = session.toJSON()
  return leads.filter((lead) => lead.dialog === dialog)
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
