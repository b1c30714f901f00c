/** What a browser keeps of one visitor's dialog, so that a reload or another tab goes on where it stood. */

import type { Button, Effect, Turn } from './engine.ts'

/** One line of the talk, as it is shown. */
export interface Line {
  id: string
  /** `handoff` is no speaker: a person was called, without a word of the bot. */
  from: 'client' | 'bot' | 'operator' | 'handoff'
  text: string
  at: number
  who?: string
  buttons?: Button[]
}

export interface Kept {
  /** Version of this shape. */
  v: 1
  /** The engine's snapshot; none until the visitor opens the chat for the first time. */
  session?: string
  mode: Turn['mode']
  lines: Line[]
  /** Effects that no hook has taken yet: they outlive a reload, and their keys make a repetition harmless. */
  outbox: Effect[]
  nextDue?: string
  /** Lines from the bot or an operator that were not shown yet. */
  unread: number
}

/** A line that is said now. Halves of signs that a cut text ends with are replaced: no engine takes them. */
export function line(from: Line['from'], text: string): Line {
  return { id: randomId(), from, text: text.replace(/\p{Surrogate}/gu, '\ufffd'), at: Date.now() }
}

/** How many lines are kept: the session itself does not need them. */
const LINES = 200

export class Store {
  readonly #name: string
  /** What the browser's storage did not take: it is full, or not for this page (private windows, sandboxed frames). */
  #memory: string | undefined

  constructor(account: string, src: string) {
    this.#name = `frontdesk-chat:${account}:${src}`
  }

  /** Runs a change alone and keeps what it left. */
  change<T>(work: (kept: Kept) => T): Promise<T> {
    return this.alone('', async () => {
      const kept = this.read()
      const result = work(kept)
      kept.lines = kept.lines.slice(-LINES)
      this.#write(JSON.stringify(kept))
      return result
    })
  }

  /** Runs what no tab of this page may run beside another of its name; after a page that is gone, its turn comes. */
  async alone<T>(name: string, run: () => Promise<T>): Promise<T> {
    // A sandboxed frame has no origin, and refuses locks; a page without HTTPS has none.
    const isShared = navigator.locks && origin !== 'null'
    return isShared ? navigator.locks.request(this.#name + name, run) : run()
  }

  read(): Kept {
    try {
      const text = this.#memory ?? localStorage.getItem(this.#name)
      return readable(JSON.parse(text ?? '{}'))
    } catch {
      return readable({}) // no storage, or somebody else's text under our name
    }
  }

  /** Calls back when another tab changed what is kept. */
  watch(changed: () => void, signal: AbortSignal): void {
    const heard = (event: StorageEvent) => event.key === this.#name && changed()
    addEventListener('storage', heard, { signal })
  }

  #write(text: string): void {
    try {
      localStorage.setItem(this.#name, text)
      this.#memory = undefined
    } catch {
      // What is stored is older now: the dialog goes on in memory, as long as the page lives.
      this.#memory = text
    }
  }
}

/** Of what stands there, whatever it is, the parts that have their shape: less is better than no chat. */
function readable({ v, session, mode, lines, outbox, nextDue, unread }: Partial<Kept>): Kept {
  return {
    v: 1,
    mode: mode ?? 'active',
    lines: list(lines).filter(({ id, text, at }) => id && typeof text === 'string' && at > 0),
    outbox: list(outbox).filter(({ key, kind }) => key && kind),
    unread: Number(unread) || 0,
    ...(v === 1 && session && { session }),
    ...(nextDue && { nextDue }),
  }
}

function list<T>(value: T[] | undefined): T[] {
  return Array.isArray(value) ? value.filter(Boolean) : []
}

/** An id that nobody can guess; `randomUUID` exists in secure contexts only. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
