// What both packages for JavaScript offer: `frontdesk` for Node and `frontdesk-web` for the browser.
//
// Times of calls are `Date`, milliseconds since 1970 or RFC 3339, and RFC 3339 in UTC coming out; money is in minor units; scores are whole
// numbers from 0 to 1000; places in a text are UTF-16 units, as `slice` counts. Every call may throw a FrontdeskError.

/** A value that is JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What is wrong, or what a careful reader would ask: `code` is stable and for programs, `message` for people. */
export interface Problem {
  code: string
  /** Where: `rules[2].do[0].say`; empty for the whole. */
  path: string
  message: string
  /** From 1, where the text is known. */
  line?: number
  /** In code points, from 1. */
  column?: number
  hint?: string
}

/** A refusal. It leaves everything as it was. `code` and `path` are those of the first of `errors`. */
export class FrontdeskError extends Error {
  readonly name: 'FrontdeskError'
  /** One of the catalogue, or `internal` for a bug of the library. */
  readonly code: string
  readonly path: string
  readonly errors: Problem[]
}

/** Whose dialog it is. Two accounts of one channel are two sessions. */
export interface Key {
  channel: string
  account: string
  user: string
}

export interface Utm {
  source?: string
  medium?: string
  campaign?: string
  term?: string
  content?: string
}

/** What the channel tells of the client. */
export interface Contact {
  name?: string
  phone?: string
  language?: string
  chat_url?: string
  utm?: Utm
  source?: 'chat' | 'call' | 'form'
  entry?: string
}

/** Something that happened, unique by `id`: the vendor's own where there is one. */
export type Event = { id: string; at?: Date | string } & (
  | {
      kind: 'message'
      text?: string
      button?: string
      attachments?: { kind: string; ref?: string }[]
      contact?: Contact
      edited?: string
      language?: string
      vector?: number[]
    }
  | { kind: 'deleted'; of: string }
  | { kind: 'operator'; action: 'joined' | 'message' | 'left'; who?: string; text?: string }
  | { kind: 'control'; action: 'stop' | 'resume' | 'restart' }
  | { kind: 'result'; effect: string; target?: string; ok: boolean; data?: Json; error?: string }
  | { kind: 'fact'; name: string; data?: Json }
)

export interface Money {
  minor: number
  /** ISO 4217. */
  currency?: string
}

/** A date in the bot's zone: `2026-12-25`, `15:00`. */
export interface DateValue {
  date: string
  time?: string
  until?: string
  precision: 'day' | 'part_of_day' | 'minute' | 'range'
}

/** A time that the host offers. */
export interface Slot {
  id: string
  start: string
  label?: string
}

/** The value of a field: a text also for a phone (E.164), an e-mail, a number, a choice by its id. */
export type FieldValue = string | boolean | Money | DateValue | Slot | { ref: string }
export type Fields = Record<string, FieldValue>

export interface Button {
  id: string
  title: string
}

interface Keyed<Kind extends string> {
  kind: Kind
  /** `<rev>.<n>`, unique with the session's key; results name it. */
  key: string
}

export interface Reply extends Keyed<'reply'> {
  text: string
  buttons?: Button[]
  language: string
  /** Whether 24 hours since the client's last message are not over: else only `template` may be sent. */
  window: 'open' | 'closed'
  template?: string
  /** Of the mode in which it was said. Once the session is in mode `human`, an older reply is not to be sent. */
  mode_rev: number
}
export interface CreateLead extends Keyed<'create_lead'> {
  lead: string
  /** The CRM's idempotency key. */
  lead_key: string
  fields: Fields
  title: string
  to: string[]
  utm?: Utm
  chat_url?: string
}
export interface UpdateLead extends Keyed<'update_lead'> {
  lead: string
  lead_key: string
  /** What changed. */
  fields: Fields
  to: string[]
  ids?: Record<string, string>
}
export interface Request extends Keyed<'request'> {
  what: 'slots' | 'book' | 'cancel_booking' | 'order' | 'quote' | 'payment_link' | 'approval' | 'translation' | 'match'
  params: { [key: string]: Json }
}
export interface Handoff extends Keyed<'handoff'> {
  reason: string
  priority: 'normal' | 'high'
  summary: string
  language: string
  to: { target: string; stage?: string; task?: string; text?: string }[]
  chat_url?: string
}
export interface Notify extends Keyed<'notify'> {
  to: string
  text: string
}
export interface Note extends Keyed<'note'> {
  to: string
  text: string
}
/** To the operator only. */
export interface Suggest extends Keyed<'suggest'> {
  text: string
  faq: string
}
export interface SetStatus extends Keyed<'set_status'> {
  status: string
}
export interface SetField extends Keyed<'set_field'> {
  field: string
  /** Absent: it was taken back. */
  value?: FieldValue
}
export interface Tag extends Keyed<'tag'> {
  tag: string
}
export interface SetTimer extends Keyed<'set_timer'> {
  timer: string
  due: string
  purpose: string
}
export interface CancelTimer extends Keyed<'cancel_timer'> {
  timer: string
}
export interface Finish extends Keyed<'finish'> {
  mode: 'silent' | 'reopen'
  outcome: string
}
export interface Alert extends Keyed<'alert'> {
  code: 'lead_unconfirmed' | 'request_failed' | 'target_unknown' | 'limit'
  text: string
}

/** Something for the host to do, once. */
export type Effect =
  | Reply
  | CreateLead
  | UpdateLead
  | Request
  | Handoff
  | Notify
  | Note
  | Suggest
  | SetStatus
  | SetField
  | Tag
  | SetTimer
  | CancelTimer
  | Finish
  | Alert

export type Mode = 'active' | 'human' | 'finished'

/** What happened and why, to keep; linked to the record before it by hash. */
export interface TurnRecord {
  n: number
  prev?: string
  hash: string
  engine: string
  tz: string
  bot: string
  session: Key
  dialog: number
  at?: string
  now: string
  source: string
  contact?: Contact
  event?: { [key: string]: Json }
  matched?: {
    rule?: string
    passed?: string[]
    flow?: string
    faq?: string
    score?: number
    late?: boolean
    why?: string[]
    search?: Json
  }
  fields?: Record<string, FieldValue | null>
  effects?: Effect[]
  mode: Mode
  status: string
}

/** What an event, or the time, led to. */
export class Turn {
  private constructor()
  readonly outcome: 'applied' | 'duplicate' | 'ignored'
  readonly reason?: string
  /** What the host is to do, in order. */
  readonly effects: Effect[]
  readonly mode: Mode
  readonly status: string
  /** When `due` is to be called next. */
  readonly next_due?: string
  /** Read anew at each access. */
  get record(): TurnRecord
  /** The JSON of the turn, the same bytes on every face. */
  toString(): string
  toJSON(): object
}

export interface SessionState {
  mode: Mode
  status: string
  /** One more with every event that was no repetition: save by compare-and-swap on it. */
  rev: number
  mode_rev: number
  /** From 1. */
  dialog: number
  language: string
  flow?: string
  next_due?: string
  fields: Fields
}

/** A dialog between steps; `step` and `due` change it in place. */
export class Session {
  private constructor()
  /** What a host asks of it between steps. Read anew at each access. */
  get state(): SessionState
  /** The JSON to store, the same bytes on every face. */
  snapshot(): string
  toJSON(): object
}

/** What became of a part of a session that was migrated. */
export interface Migrated {
  /** `kept`, `moved`, `dropped`, … */
  code: string
  path: string
  message?: string
}

export interface TestReport {
  passed: number
  failed: { name: string; step: number; expected: Json; got: Json }[]
}

/** A definition compiled: immutable, one serves all sessions. Not to be sent to a worker: each compiles its own. */
export class Bot {
  private constructor()
  /** Compiles a definition, a text in YAML or JSON or an object, with the texts of the files that it names. */
  static compile(definition: string | object, files?: Record<string, string>): Bot
  /** The bot of a bundle. Throws `bundle_invalid` for one that is cut, edited or of another version. */
  static fromBundle(bundle: ArrayBufferView | ArrayBuffer): Bot
  /**
   * The bot as a page of one audience may have it, `client` where absent: the same hash, and the same turns for every
   * event of that audience. Rows, rules and words of others are not in it, nor warnings and tests.
   */
  bundle(audience?: string): Uint8Array
  /** The same meaning gives the same hash, whatever spelled it. */
  readonly hash: string
  readonly warnings: Problem[]
  /** Begins a session. Nothing is said yet. */
  open(key: Key | string, now: Date | string | number, contact?: Contact | string): Session
  /** Reads a stored session. Throws `snapshot_invalid`, or `bot_mismatch` for one of another bot or version. */
  restore(snapshot: string | object): Session
  /** Takes an event, an object or its JSON. Some tens of microseconds. */
  step(session: Session, event: Event | string, now: Date | string | number): Turn
  /** Fires the timers that are due. */
  due(session: Session, now: Date | string | number): Turn
  /** Runs the dialog tests of the definition. */
  test(): TestReport
  /** Takes over a stored session of another version of the bot. Throws `snapshot_invalid` for a cut or edited one. */
  migrate(snapshot: string | object): { session: Session; report: Migrated[] }
  /** What the team must know, in its language: how to stop the bot, bring it back, and change its answers. */
  instructions(): string
  /** Runs a tool of the core on the bot by name: JSON in, the text of JSON out. */
  tool(name: string, argument?: string | object): string
}

/** Runs a tool of the core by name: JSON in, the text of JSON out. `tool('tools')` names them all. */
export function tool(name: string, argument?: string | object): string

/** Errors and warnings of a definition; empty where there is nothing to say. */
export function lint(definition: string | object, files?: Record<string, string>): Problem[]

export interface Place {
  start: number
  end: number
}
export interface ExtractOptions {
  /** Where phones without a country code belong: `UA`. */
  region?: string
  /** What «завтра» is relative to; 1970 where absent. */
  now?: Date | string
  /** The IANA zone of the client's clock; UTC where absent. */
  zone?: string
  /** The mask of order numbers, `A-####`; they are not looked for without one. */
  mask?: string
}
export interface Extracted {
  phones: ({ e164: string; raw: string; ext?: string } & Place)[]
  emails: ({ address: string; raw: string } & Place)[]
  dates?: ({ value: DateValue; note?: string } & Place)[]
  money?: ({ minor: number; upto?: number; currency?: string; bound: string; certain: boolean } & Place)[]
  numbers?: ({ value: string } & Place)[]
  orders?: ({ value: string } & Place)[]
  yes_no?: boolean
  name?: { value: string } & Place
}
/** Every value of a text: phones, e-mails, dates, sums, numbers, names. */
export function extract(text: string, options?: ExtractOptions): Extracted

/** Where listed words stand in a text, in any of their forms, as a rule finds them. */
export function words(words: string[], text: string): ({ word: string } & Place)[]

/** Events of one conversation. */
export interface Conversation {
  /** Absent where the host knows it: the answer of a CRM. */
  key?: Key
  events: Event[]
  /** What is known of the client, for the opening of a session. */
  contact?: Contact
  /** Options of `encode` that an answer needs beside the user's id. */
  reply?: Record<string, unknown>
  /** What the sender proves itself by where it stands in the payload; compare it with your own. */
  token?: string
}
/** What a limit of the vendor's made of an effect. */
export interface Change {
  code: string
  effect: string
  path?: string
  found: number
  limit: number
}
export interface Encoded {
  /** JSON exactly as the vendor takes it. */
  payloads: unknown[]
  changes: Change[]
  /** Where each payload goes. */
  requests: { effect: string; method: string; path?: string; target?: string; key?: string }[]
}
/**
 * The events of a webhook by conversation; none where it holds no message for a bot. The payload is the body as it
 * came, a text, so that long numbers keep their digits; or an object.
 */
export function decode(channel: string, payload: string | object, options?: object): Conversation[]

/** The payloads that effects become at a vendor. */
export function encode(channel: string, effects: Effect[], options?: object): Encoded

export interface FaqOptions {
  threshold?: 'strict' | 'normal' | 'eager'
  /** Groups of words that mean the same. */
  synonyms?: string[][]
}
export interface FaqAnswer {
  /** Id of the row that answers, or null. */
  answer: string | null
  /** Its answer, by language where the table names languages. */
  say?: string | Record<string, string>
  score: number
  /** The best rows, whatever the threshold. */
  candidates: { id: string; score: number }[]
  /** Two or three rows too close to call. */
  close?: string[]
  why: { [key: string]: Json }
}
/** A table of questions and answers: immutable. */
export class Faq {
  private constructor()
  /** Reads and indexes a table in CSV, TSV or JSON; `name` stands in the paths of errors. */
  static load(name: string, table: string | object[], options?: FaqOptions): Faq
  readonly rows: number
  /** The row that answers a message, or none, with the `top` best rows. */
  match(text: string, top?: number): FaqAnswer
  /** What ails the table, with what to do about it; `log` tells which rows nobody asks for. */
  health(log?: string[]): { id: string; line: number; code: string; remedy: string; phrasing?: string; other?: string }[]
  /** Messages in groups that ask the same, the largest first; `near` is the row to add the question to. */
  discover(messages: string[]): { question: string; times: number; near?: string }[]
}

/** JSON lines as one text, or a list of records: texts, or objects as JSON has them. */
export type Records = string | (string | object)[]

/** Whether a log is whole. */
export interface Verdict {
  ok: boolean
  records: number
  sessions: number
  /**
   * The first broken record, by its place: `log_edited`, `log_truncated`, `log_reordered`, `log_duplicated`, `log_foreign`
   * or `record_invalid`.
   */
  broken?: { at: number; code: string; message: string; session?: Key; n?: number }
  heads?: { session: Key; hash: string }[]
}
/** What a replay gave, with its first difference. */
export interface Replayed {
  steps: number
  same: boolean
  skipped?: number
  difference?: {
    at: number
    session: Key
    n: number
    was?: unknown
    is?: unknown
    path: string
    expected: unknown
    got: unknown
  }
}
/** The dialogs of a week that are to be read by hand. */
export interface SampledWeek {
  week: string
  dialogs: number
  chosen: { session: Key; dialog: number }[]
}
/**
 * What the records of turns say: proved, replayed, counted, sampled, shown and forgotten. Options are those of the tools
 * of the same names (`docs/records.md`, `docs/figures.md`); the bot may be left out but for `replay`, `whatIf`, `diagram`.
 * Throws `record_invalid` for what is no record, with its place. Cut logs larger than memory between sessions, count the
 * parts with `metrics`, and add them with `merge`.
 */
export const logs: {
  /** Whether the chain of hashes holds. */
  verify(records: Records, options?: object): Verdict
  /** Takes the events again and compares the turns. */
  replay(records: Records, options: object, bot: Bot): Replayed
  /** Dialogs that would go otherwise with an edited bot, grouped by cause. */
  whatIf(records: Records, options: object, edited: Bot): Record<string, unknown>
  /** Partial sums of a part of a log. */
  metrics(records: Records, options?: object, bot?: Bot): Record<string, unknown>
  /** One partial of several, the same in every order. */
  merge(partials: object[]): Record<string, unknown>
  /** The figures of a week beside the week before, shares in permille. */
  figures(partial: object, options?: object): Record<string, unknown>
  /** 5 percent of the dialogs of each week, at least one, the same ones every time. */
  sample(records: Records, options?: object, bot?: Bot): SampledWeek[]
  /** Who said what: `format` is text, markdown, html or jsonl. */
  transcript(records: Records, options?: object, bot?: Bot): string
  /** Forgets what is older than `keep`, and leaves tombstones that verify. */
  purge(records: Records, options: { now: string; keep?: string }, bot?: Bot): Record<string, unknown>
  /** Marks in place of phones, e-mails and names, or of every text, under a secret of the host's. */
  mask(records: Records, options: { level: string; key: string }, bot?: Bot): Record<string, unknown>
  /** The page of a week: one HTML file that needs no network. */
  report(records: Records, options?: object, bot?: Bot): string
  /** The flows of a bot drawn, with counts of the log on the arrows: Mermaid, SVG or the counts. */
  diagram(records: Records | undefined, options: object, bot: Bot): unknown
}
