// What the facade needs of a face in Rust: texts in, texts out. What is thrown carries `errors`, a JSON list.

export interface RawBot {
  readonly hash: string
  bundle(audience: string): Uint8Array
  warnings(): string
  open(key: string, now: string, contact: string | undefined): RawSession
  restore(snapshot: string): RawSession
  step(session: RawSession, event: string, now: string): RawTurn
  due(session: RawSession, now: string): RawTurn
  migrate(snapshot: string): string
  tool(name: string, argument: string): string
}

export interface RawSession {
  snapshot(): string
  state(): string
}

/** A turn without its record, flat: a text, or its UTF-16 units; and the record as the bytes of its JSON. */
export type RawTurn = [head: string | Uint16Array, record: Uint8Array]

export interface RawFaq {
  tool(name: string, argument: string): string
}

export interface Raw {
  Bot: {
    compile(argument: string): RawBot
    fromBundle(bundle: Uint8Array): RawBot
  }
  Faq: { load(name: string, text: string, options: string): RawFaq }
  tool(name: string, argument: string): string
  /** What the flat form abbreviates. */
  flatWords(): string[]
}
