// The face of frontdesk for JavaScript, the same in Node and in the browser: types over a raw interface of JSON texts.
// `types.d.ts` beside this file says what everything is, takes and throws.

/** @param {any} value */
const same = (value) => value

/** How values of the host are read that are known to be what they should. */
const trusting = () => ({
  /** @type {(value: any, path: string) => string} */
  text: same,
  /** @type {(value: any, path: string) => string} */
  json: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
  /** @type {(time: any) => string} */
  instant: (time) => (typeof time === 'string' ? time : time.toISOString()),
  /** @type {(given: any) => Uint8Array} */
  bytes: same,
  /** @type {(session: any, known: Function) => import('./raw').RawSession} */
  own: (session) => session.raw,
})

/**
 * What runs bots: all that a page for visitors needs, where a bundler leaves the rest out.
 *
 * @param {import('./raw').Raw} raw
 * @param {(refused: (code: string, path: string, message: string) => Error) => ReturnType<typeof trusting>} reading
 */
export function running(raw, reading = trusting) {
  class FrontdeskError extends Error {
    /**
     * @param {string} message
     * @param {import('./types').Problem[]} errors
     */
    constructor(message, errors) {
      super(message)
      this.name = 'FrontdeskError'
      const [{ code, path }] = errors
      this.code = code
      this.path = path
      this.errors = errors
    }
  }

  /** @param {string} code @param {string} path @param {string} message */
  function refused(code, path, message) {
    const told = [code, path, message].filter(Boolean).join(': ')
    return new FrontdeskError(told, [{ code, path, message }])
  }

  // A call of the raw interface; what it throws becomes an error with code and path.
  /** @template T @param {() => T} call @returns {T} */
  function guarded(call) {
    try {
      return call()
    } catch (thrown) {
      if (thrown instanceof FrontdeskError) throw thrown
      const { message, errors } = /** @type {{message: string, errors?: string}} */ (thrown)
      if (errors !== undefined) throw new FrontdeskError(message, JSON.parse(errors))
      const told = `internal: a bug of this library: ${message}`
      throw new FrontdeskError(told, [{ code: 'internal', path: '', message: told }])
    }
  }

  // The widget's module runs bundles, and leaves out all that compiles.
  /** @param {string} name */
  function built(name) {
    if (raw.tool !== undefined) return
    throw refused('not_built', '', `${name}: bundles only`)
  }

  const { text, json, instant, bytes, own } = reading(refused)
  const utf8 = new TextDecoder()
  const utf16 = new TextDecoder('utf-16le')
  /** @type {ReturnType<typeof flat>} */
  let heads

  class Turn {
    #head
    #record

    /** @param {import('./raw').RawTurn} raw */
    constructor([units, record]) {
      heads ??= flat(raw.flatWords())
      const text = typeof units === 'string' ? units : utf16.decode(units)
      const head = heads.value(text)
      this.outcome = head.outcome
      if (head.reason !== undefined) this.reason = head.reason
      this.effects = head.effects
      this.mode = head.mode
      this.status = head.status
      if (head.next_due !== undefined) this.next_due = head.next_due
      this.#head = text
      // The record is twice as long as all the rest: it is read when somebody asks.
      this.#record = record
    }

    get record() {
      return JSON.parse(utf8.decode(this.#record))
    }

    toString() {
      return `${heads.json(this.#head).slice(0, -1)},"record":${utf8.decode(this.#record)}}`
    }

    toJSON() {
      return JSON.parse(this.toString())
    }
  }

  class Session {
    /** @param {import('./raw').RawSession} raw */
    constructor(raw) {
      this.raw = raw
      Object.defineProperty(this, 'raw', { enumerable: false })
    }

    get state() {
      return JSON.parse(guarded(() => this.raw.state()))
    }

    snapshot() {
      return guarded(() => this.raw.snapshot())
    }

    toJSON() {
      return JSON.parse(this.snapshot())
    }
  }

  class Bot {
    #raw

    /** @param {import('./raw').RawBot} raw */
    constructor(raw) {
      this.#raw = raw
    }

    /**
     * @param {string | object} definition
     * @param {Record<string, string>} files
     */
    static compile(definition, files = {}) {
      built('Bot.compile')
      return new Bot(guarded(() => raw.Bot.compile(json({ definition, files }, 'definition'))))
    }

    /** @param {ArrayBufferView | ArrayBuffer} bundle */
    static fromBundle(bundle) {
      return new Bot(guarded(() => raw.Bot.fromBundle(bytes(bundle))))
    }

    bundle(audience = 'client') {
      built('bundle')
      return guarded(() => this.#raw.bundle(text(audience, 'audience')))
    }

    get hash() {
      return guarded(() => this.#raw.hash)
    }

    get warnings() {
      return JSON.parse(guarded(() => this.#raw.warnings()))
    }

    /**
     * @param {import('./types').Key | string} key
     * @param {Date | string | number} now
     * @param {import('./types').Contact | string} [contact]
     */
    open(key, now, contact) {
      const known = contact === undefined ? undefined : json(contact, 'contact')
      return new Session(guarded(() => this.#raw.open(json(key, 'key'), instant(now), known)))
    }

    /** @param {string | object} snapshot */
    restore(snapshot) {
      return new Session(guarded(() => this.#raw.restore(json(snapshot, 'snapshot'))))
    }

    /**
     * @param {Session} session
     * @param {import('./types').Event | string} event
     * @param {Date | string | number} now
     */
    step(session, event, now) {
      return guarded(() => new Turn(this.#raw.step(own(session, Session), json(event, 'event'), instant(now))))
    }

    /**
     * @param {Session} session
     * @param {Date | string | number} now
     */
    due(session, now) {
      return guarded(() => new Turn(this.#raw.due(own(session, Session), instant(now))))
    }

    test() {
      return JSON.parse(this.tool('test'))
    }

    /** @param {string | object} snapshot */
    migrate(snapshot) {
      const { session, report } = JSON.parse(guarded(() => this.#raw.migrate(json(snapshot, 'snapshot'))))
      return { session: this.restore(session), report }
    }

    instructions() {
      return JSON.parse(this.tool('instructions'))
    }

    /**
     * @param {string} name
     * @param {string | object} argument
     */
    tool(name, argument = {}) {
      built(name)
      return guarded(() => this.#raw.tool(text(name, 'name'), json(argument, '')))
    }
  }

  return { Bot, Session, Turn, FrontdeskError, guarded, built, text, json }
}

/**
 * How values of any host are read: what is wrong is named.
 *
 * @param {(code: string, path: string, message: string) => Error} refused
 */
function careful(refused) {
  /** @param {unknown} value @param {string} path */
  function text(value, path) {
    if (typeof value === 'string') return value
    throw refused('wrong_type', path, 'a text expected')
  }

  /** @param {unknown} value @param {string} path */
  function json(value, path) {
    if (typeof value === 'string') return value
    let written
    try {
      written = JSON.stringify(value)
    } catch (thrown) {
      const [told] = String(/** @type {Error} */ (thrown).message).split('\n')
      throw refused(thrown instanceof RangeError ? 'limit' : 'wrong_type', path, `no JSON: ${told}`)
    }
    if (written === undefined) throw refused('wrong_type', path, `${typeof value} found, an object or its JSON expected`)
    return written
  }

  /** @param {any} time */
  function instant(time) {
    if (typeof time === 'string') return time
    try {
      return /** @type {string} */ ((typeof time === 'number' ? new Date(time) : time).toISOString())
    } catch {
      throw refused('time_invalid', 'now', 'a Date, milliseconds since 1970 or RFC 3339 expected')
    }
  }

  // A buffer of another realm, as test runners have them, is no `instanceof` ours.
  /** @param {any} given */
  function bytes(given) {
    if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
    if (Object.prototype.toString.call(given) === '[object ArrayBuffer]') return new Uint8Array(given)
    throw refused('wrong_type', 'bundle', 'a Uint8Array or an ArrayBuffer expected')
  }

  /** @param {any} session @param {Function} Session */
  function own(session, Session) {
    if (session instanceof Session) return /** @type {any} */ (session).raw
    throw refused('wrong_type', 'session', 'a Session expected, as open and restore give')
  }

  return { text, json, instant, bytes, own }
}

/**
 * @param {import('./raw').Raw} raw
 * @returns {import('./types')}
 */
export function facade(raw) {
  const { Bot, Session, Turn, FrontdeskError, guarded, built, text, json } = running(raw, careful)

  class Faq {
    #raw

    /** @param {import('./raw').RawFaq} raw */
    constructor(raw) {
      this.#raw = raw
    }

    /**
     * @param {string} name
     * @param {string | object[]} table
     * @param {import('./types').FaqOptions} options
     */
    static load(name, table, options = {}) {
      built('Faq.load')
      return new Faq(guarded(() => raw.Faq.load(text(name, 'name'), json(table, 'table'), json(options, 'options'))))
    }

    get rows() {
      return this.#tool('rows', {})
    }

    /** @param {string} text */
    match(text, top = 3) {
      return this.#tool('match', { text, top })
    }

    /** @param {string[]} [log] */
    health(log) {
      return this.#tool('health', { log })
    }

    /** @param {string[]} messages */
    discover(messages) {
      return this.#tool('discover', { messages })
    }

    /**
     * @param {string} name
     * @param {object} argument
     */
    #tool(name, argument) {
      return JSON.parse(guarded(() => this.#raw.tool(name, json(argument, ''))))
    }
  }

  /**
   * @param {string} name
   * @param {string | object} argument
   */
  function tool(name, argument = {}) {
    built(name)
    return guarded(() => raw.tool(text(name, 'name'), json(argument, '')))
  }

  /**
   * @param {string | object} definition
   * @param {Record<string, string>} files
   */
  function lint(definition, files = {}) {
    return JSON.parse(tool('lint', { definition, files }))
  }

  /**
   * @param {string} text
   * @param {import('./types').ExtractOptions} options
   */
  function extract(text, options = {}) {
    return JSON.parse(tool('extract', { ...options, text, units: 'utf16' }))
  }

  /**
   * @param {string[]} words
   * @param {string} text
   */
  function words(words, text) {
    return JSON.parse(tool('words', { words, text, units: 'utf16' }))
  }

  /**
   * @param {string} channel
   * @param {unknown} payload
   * @param {object} options
   */
  function decode(channel, payload, options = {}) {
    const { conversations, ignored, token, ...only } = JSON.parse(tool('decode', { channel, payload, options }))
    const talks = conversations ?? (only.events.length > 0 ? [only] : [])
    return token === undefined ? talks : talks.map((/** @type {object} */ talk) => ({ ...talk, token }))
  }

  /**
   * @param {string} channel
   * @param {object[]} effects
   * @param {object} options
   */
  function encode(channel, effects, options = {}) {
    return JSON.parse(tool('encode', { channel, effects, options }))
  }

  // Each takes the records of a log, its options, and where it needs or knows one the bot that wrote it.
  /** @param {string} name @param {(answer: any) => unknown} [part] */
  const ofLog = (name, part = (answer) => answer) =>
    /** @param {string | unknown[] | undefined} records @param {object} options @param {InstanceType<typeof Bot>} [bot] */
    (records, options = {}, bot) => {
      const argument = { ...options, records }
      return part(JSON.parse(bot === undefined ? tool(name, argument) : bot.tool(name, argument)))
    }
  const logs = {
    verify: ofLog('verify'),
    replay: ofLog('replay'),
    whatIf: ofLog('what_if'),
    metrics: ofLog('metrics'),
    /** @param {object[]} partials */
    merge: (partials) => JSON.parse(tool('merge', { partials })),
    /** @param {object} partial @param {object} options */
    figures: (partial, options = {}) => JSON.parse(tool('figures', { ...options, partial })),
    sample: ofLog('sample', (answer) => answer.weeks),
    transcript: ofLog('transcript', (answer) => answer.text),
    purge: ofLog('purge'),
    mask: ofLog('mask'),
    report: ofLog('report'),
    diagram: ofLog('diagram'),
  }

  // The classes are declared with their private parts in types.d.ts; their public shapes are checked by the tests.
  return /** @type {any} */ ({ Bot, Session, Turn, Faq, FrontdeskError, lint, extract, words, decode, encode, logs, tool })
}

/**
 * Reads values from the flat form, which `core/src/verbs/flat.rs` writes: objects in a fifth of the time of JSON.parse.
 *
 * @param {string[]} words
 */
function flat(words) {
  const [LIST, OBJECT, END] = [5, 6, 7]
  const fixed = [null, false, true]
  let text = ''
  let at = 0

  /** @param {number} size */
  const taken = (size) => text.slice(at, (at += size))

  /** @returns {any} */
  function value() {
    const unit = text.charCodeAt(at++)
    const n = unit >> 3
    switch (unit & 7) {
      case 0:
        return words[n]
      case 1:
        return taken(n * 4096 + text.charCodeAt(at++))
      case 2:
        return n
      case 3:
        return Number(taken(n))
      case 4:
        return fixed[n]
      case LIST: {
        const list = []
        while (text.charCodeAt(at) !== END) list.push(value())
        at += 1
        return list
      }
      default: {
        const object = /** @type {any} */ ({})
        while (text.charCodeAt(at) !== END) {
          const key = value()
          if (key !== '__proto__') object[key] = value()
          else Object.defineProperty(object, key, { value: value(), configurable: true, enumerable: true, writable: true })
        }
        at += 1
        return object
      }
    }
  }

  /** @returns {string} */
  function json() {
    const tag = text.charCodeAt(at) & 7
    if (tag < LIST) return JSON.stringify(value())
    const parts = []
    for (at += 1; text.charCodeAt(at) !== END; ) parts.push(tag === LIST ? json() : `${json()}:${json()}`)
    at += 1
    return tag === LIST ? `[${parts}]` : `{${parts}}`
  }

  /** @template T @param {string} given @param {() => T} read */
  function from(given, read) {
    text = given
    at = 0
    return read()
  }

  return {
    /** @param {string} given */
    value: (given) => from(given, value),
    /** The JSON that the core writes: an object would not keep the order of keys that look like numbers.
     * @param {string} given */
    json: (given) => from(given, json),
  }
}
