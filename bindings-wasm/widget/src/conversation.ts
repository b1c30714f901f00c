/**
 * One visitor's dialog: events go to the engine, what comes back is kept, shown and handed to the page.
 *
 * It decides nothing about the talk. It keeps the host's promises: load, step, save together with the effects, then
 * deliver; timers are looked at when they are due, when the page wakes up and when it is opened again.
 */

import type { Contact, Effect, Engine, Event, Json, Session, Turn } from './engine.ts'
import { line, randomId, Store, type Kept, type Line } from './store.ts'

/** What a hook may give back: the data of a result, or nothing. A rejected promise is a result that failed. */
export type Answer = { [name: string]: Json } | void

export interface Listener {
  /** Something that is shown may have changed. */
  changed(kept: Kept): void
  /** The page's own code takes an effect; an answer goes back to the bot as a `result`. */
  effect(effect: Effect): Promise<Answer>
  /** Something went wrong that the visitor need not know of. */
  failed(error: unknown): void
}

/** An event before it gets its id and time. */
type Happened = Event extends infer One ? (One extends Event ? Omit<One, 'id' | 'at'> : never) : never

/** Shows what happened; `false` where it did not, after all. */
type Show = (kept: Kept) => unknown

/** The longest wait that a browser's timer can hold. */
const LONGEST = 2 ** 31 - 1

/** Effects that ask the host for something and wait for its result. */
const ANSWERED = new Set<Effect['kind']>(['create_lead', 'update_lead', 'request'])

export class Conversation {
  readonly #bot: Engine
  readonly #store: Store
  readonly #account: string
  readonly #listener: Listener
  readonly #closed = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #begun: Promise<void> | undefined
  #isWarm = false
  /** Keys of the effects that wait for the page's code. */
  readonly #waiting = new Set<string>()

  constructor(bot: Engine, store: Store, account: string, listener: Listener) {
    this.#bot = bot
    this.#store = store
    this.#account = account
    this.#listener = listener
    const signal = this.#closed.signal
    store.watch(() => this.#refresh(store.read()), signal)
    const woken = () => document.visibilityState === 'visible' && this.#wakeUp()
    document.addEventListener('visibilitychange', woken, { signal })
  }

  close(): void {
    this.#closed.abort()
    clearTimeout(this.#timer)
  }

  /** Begins the dialog where there is none that can be read, once; `contact` is what the page knows of the visitor. */
  begin(contact: Contact): Promise<void> {
    return (this.#begun ??= this.#begin(contact).catch((error: unknown) => {
      this.#begun = undefined // so that the next event may begin it
      throw error
    }))
  }

  async #begin(contact: Contact): Promise<void> {
    const orphans = await this.#change((kept) => {
      const session = kept.session && this.#takeOver(kept.session)
      if (session) {
        kept.session = session
        return undefined
      }
      // A user of its own: keys of leads are made of it, and a CRM would take the first lead for one it knows.
      const key = { channel: 'web', account: this.#account, user: randomId() }
      kept.session = this.#bot.open(key, new Date(), contact).snapshot()
      return kept.outbox.splice(0)
    })
    if (!orphans) return this.#wake()
    for (const effect of orphans) void this.#answer(effect)
    await this.#happened({ kind: 'fact', name: 'started' })
  }

  /** What was due while the page slept, and what was not delivered before it closed. */
  async #wake(): Promise<void> {
    if (this.#store.read().session) await this.#turn((session) => this.#bot.due(session, new Date()))
    this.#deliver()
  }

  #wakeUp(): void {
    this.#wake().catch((error) => this.#listener.failed(error))
  }

  /** Has the engine unpack what it knows of words, with a question of nobody: the first takes a blink longer. */
  warm(): void {
    if (this.#isWarm) return
    this.#isWarm = true
    const [now, key] = [new Date(), { channel: 'web', account: this.#account, user: 'nobody' }]
    this.#bot.step(this.#bot.open(key, now), { id: '1', kind: 'message', text: 'Сколько это стоит?' }, now)
  }

  async send(said: Line): Promise<void> {
    await this.#happened({ kind: 'message', text: said.text }, (kept) => kept.lines.push(said))
  }

  /** A press of a button of a line; the line's buttons are gone after it. */
  async press(pressed: Line, id: string): Promise<void> {
    const title = pressed.buttons?.find((button) => button.id === id)?.title ?? id
    await this.#happened({ kind: 'message', button: id }, (kept) => {
      const shown = kept.lines.find((line) => line.id === pressed.id)
      if (!shown?.buttons) return false // a double click, or another tab
      delete shown.buttons
      return kept.lines.push(line('client', title))
    })
  }

  async attach(name: string, kind: string, ref: string): Promise<void> {
    const attachments = [{ kind, ref }]
    await this.#happened({ kind: 'message', attachments }, (kept) => kept.lines.push(line('client', name)))
  }

  async operator(action: 'joined' | 'message' | 'left', who?: string, text?: string): Promise<void> {
    const said = line('operator', text ?? '')
    const event = { action, ...(who && { who }), ...(text && { text: said.text }) }
    await this.#happened({ kind: 'operator', ...event }, (kept) => {
      if (!text) return
      kept.lines.push({ ...said, ...(who && { who }) })
      kept.unread += 1
    })
  }

  async tell(event: Happened): Promise<void> {
    await this.#happened(event)
  }

  async seen(): Promise<void> {
    if (this.#store.read().unread) await this.#change((kept) => void (kept.unread = 0))
  }

  #happened(happened: Happened, show?: Show, id = randomId()): Promise<void> {
    const event = { id, ...happened } as Event
    return this.#turn((session) => this.#bot.step(session, event, new Date()), show)
  }

  async #turn(verb: (session: Session) => Turn, show?: Show): Promise<void> {
    await this.#change((kept) => {
      if (!kept.session || show?.(kept) === false) return
      const session = this.#bot.restore(kept.session)
      this.#keep(kept, verb(session))
      kept.session = session.snapshot()
    })
    this.#deliver()
  }

  #keep(kept: Kept, turn: Turn): void {
    kept.mode = turn.mode
    if (turn.next_due) kept.nextDue = turn.next_due
    else delete kept.nextDue
    for (const effect of turn.effects) {
      kept.outbox.push(effect)
      if (effect.kind !== 'reply') continue
      const { text, buttons } = effect
      kept.lines.push({ ...line('bot', text), ...(buttons && { buttons }) })
      kept.unread += 1
    }
    const has = (kind: Effect['kind']) => turn.effects.some((effect) => effect.kind === kind)
    if (has('handoff') && !has('reply')) kept.lines.push(line('handoff', ''))
  }

  /** A session of yesterday's bot moves to today's, by names; nothing of one that cannot be read. */
  #takeOver(session: string): string | undefined {
    try {
      const { bot } = JSON.parse(session) as { bot: { hash: string } }
      if (bot.hash !== this.#bot.hash) return this.#bot.migrate(session).session.snapshot()
      this.#bot.restore(session)
      return session
    } catch (error) {
      this.#listener.failed(error)
      return undefined
    }
  }

  /** Hands each effect to the page, in one tab; one that is being handed over when its page goes comes again. */
  #deliver(): void {
    for (const effect of this.#store.read().outbox) {
      const { key } = effect
      if (this.#waiting.has(key)) continue
      this.#waiting.add(key)
      // A lead is created before it is updated; nothing else waits for a hook that takes its time.
      this.#store
        .alone('lead_key' in effect ? effect.lead_key : key, () => this.#handOver(effect))
        .catch((error) => this.#listener.failed(error))
        .finally(() => this.#waiting.delete(key))
    }
  }

  async #handOver(effect: Effect): Promise<void> {
    const { key, kind } = effect
    if (this.#closed.signal.aborted || !this.#store.read().outbox.some((one) => one.key === key)) return
    const result = await this.#answer(effect)
    await this.#change((kept) => void (kept.outbox = kept.outbox.filter((one) => one.key !== key)))
    if (!result || !ANSWERED.has(kind)) return
    // The id is the effect's own, so that an answer given twice counts once.
    await this.#happened({ kind: 'result', effect: key, ...result }, undefined, `result-${key}`)
  }

  async #answer(effect: Effect): Promise<{ ok: boolean; data?: Json; error?: string } | undefined> {
    try {
      const data = await this.#listener.effect(effect)
      return data === undefined ? undefined : { ok: true, data: data as Json }
    } catch (error) {
      this.#listener.failed(error)
      return { ok: false, error: error instanceof Error ? error.message : String(error) }
    }
  }

  async #change<T>(work: (kept: Kept) => T): Promise<T> {
    const [result, kept] = await this.#store.change((kept) => [work(kept), kept] as const)
    this.#refresh(kept)
    return result
  }

  #refresh(kept: Kept): void {
    if (this.#closed.signal.aborted) return
    clearTimeout(this.#timer)
    if (kept.nextDue) {
      const wait = Math.max(0, Date.parse(kept.nextDue) - Date.now())
      this.#timer = setTimeout(() => this.#wakeUp(), Math.min(wait, LONGEST))
    }
    this.#listener.changed(kept)
  }
}
