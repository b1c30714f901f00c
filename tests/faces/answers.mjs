// What the harness of the JavaScript faces answers: a line with a case in, a line out. In Node and in pages.

/** A case that fails. */
class Refused extends Error {
  constructor(code, message, path) {
    super(message)
    this.code = code
    this.path = path
  }
}

/** The text of each part of an object as it was written, for the library to judge: `JSON.parse` forgets it. */
function parts(line) {
  const found = {}
  let [depth, start, key, quoted] = [0, 0, undefined, false]
  for (let at = 0; at < line.length; at += 1) {
    const c = line[at]
    if (quoted) {
      if (c === '\\') at += 1
      else if (c === '"') {
        quoted = false
        if (depth === 1 && key === undefined) key = JSON.parse(line.slice(start, at + 1))
      }
    } else if (c === '"') {
      quoted = true
      if (depth === 1 && key === undefined) start = at
    } else if (c === ':' && depth === 1) start = at + 1
    else if (c === '{' || c === '[') depth += 1
    if (!quoted && (((c === '}' || c === ']') && --depth === 0) || (c === ',' && depth === 1))) {
      if (key !== undefined) found[key] = line.slice(start, at).trim()
      key = undefined
    }
  }
  return found
}

const kind = (value) =>
  value === null ? 'nothing'
  : Array.isArray(value) ? 'a list'
  : { boolean: 'a yes or no', number: 'a number', string: 'a text', object: 'a map' }[typeof value]

class Case {
  constructor(line) {
    const read = JSON.parse(line)
    this.values = read !== null && typeof read === 'object' && !Array.isArray(read) ? read : {}
    this.raw = this.values === read ? parts(line) : {}
  }
  part(key) {
    if (!(key in this.values)) throw new Refused('missing_key', `the key \`${key}\` is missing`)
    return this.raw[key]
  }
  text(key) {
    this.part(key)
    const value = this.values[key]
    if (typeof value !== 'string') throw new Refused('wrong_type', `${kind(value)} found, a text expected`, key)
    return value
  }
  plain(key) {
    return typeof this.values[key] === 'string' ? this.values[key] : ''
  }
}

/** The answers of one run over a package: its bots and sessions live as long as that. */
export function harness({ Bot, Faq, FrontdeskError, extract, tool, words }) {
  const [bots, sessions, tables] = [new Map(), new Map(), new Map()]
  const written = JSON.stringify

  function known(kept, kind, name) {
    if (!kept.has(name)) throw new Refused('unknown_name', `no ${kind} is called \`${name}\``, kind)
    return kept.get(name)
  }
  const bot = (c) => known(bots, 'bot', c.text('bot'))
  const session = (c) => known(sessions, 'session', c.text('session'))

  function keep(c, bot, session) {
    sessions.set(c.text('session'), { bot, session })
    const { mode, status } = session.state
    return written({ mode, status })
  }

  /** Places in code points, as the harness counts, out of UTF-16 units. */
  function inCodePoints(found, text) {
    if (Array.isArray(found)) for (const item of found) inCodePoints(item, text)
    else if (found !== null && typeof found === 'object') {
      for (const [key, value] of Object.entries(found)) {
        if ((key === 'start' || key === 'end') && typeof value === 'number') found[key] = [...text.slice(0, value)].length
        else inCodePoints(value, text)
      }
    }
    return found
  }

  const warnings = (bot) => bot.warnings.map(({ code, message, path }) => ({ code, message, path }))
  const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)))

  const ops = {
    extract(c) {
      const given = ['region', 'now', 'zone', 'mask'].map((key) => [key, c.values[key]])
      const options = Object.fromEntries(given.filter(([, value]) => typeof value === 'string'))
      for (;;) {
        try {
          return written(inCodePoints(extract(c.plain('text'), options), c.plain('text')))
        } catch (error) {
          if (!(error.path in options)) throw error
          delete options[error.path] // what is unknown counts as absent here
        }
      }
    },
    words(c) {
      const listed = (c.values.words ?? []).filter((word) => typeof word === 'string')
      const hits = words(listed, c.plain('text'))
      return written({ hits: inCodePoints(hits, c.plain('text')) })
    },
    'faq.load'(c) {
      const { threshold, synonyms } = c.values.options ?? {}
      const table = Faq.load('entries', c.values.entries ?? [], { threshold, synonyms })
      tables.set(c.plain('kb'), table)
      return written({ rows: table.rows })
    },
    'faq.match'(c) {
      const table = tables.get(c.plain('kb'))
      if (!table) throw new Refused('table_invalid', `no table \`${c.plain('kb')}\` is loaded`, 'kb')
      const { answer, candidates, score } = table.match(c.plain('text'), c.values.top ?? 3)
      return written({ answer, candidates, score })
    },
    bot(c) {
      const name = c.text('bot')
      c.part('definition')
      const files = Object.entries(c.values.files ?? {}).filter(([, text]) => typeof text === 'string')
      try {
        const bot = Bot.compile(c.values.definition, Object.fromEntries(files))
        bots.set(name, bot)
        return written({ hash: bot.hash, warnings: warnings(bot) })
      } catch (error) {
        if (!(error instanceof FrontdeskError)) throw error
        return written({ errors: error.errors.map(sorted) })
      }
    },
    lint: (c) => written({ warnings: warnings(bot(c)) }),
    'bot.test': (c) => written(bot(c).test()),
    open(c) {
      const opener = bot(c)
      const now = c.text('now')
      return keep(c, opener, opener.open(c.part('key'), now, c.raw.contact))
    },
    restore(c) {
      const owner = bot(c)
      const snapshot = c.part('snapshot')
      return keep(c, owner, owner.restore(typeof c.values.snapshot === 'string' ? c.values.snapshot : snapshot))
    },
    migrate(c) {
      const stored = c.raw.snapshot ?? session(c).session.snapshot()
      const owner = bot(c)
      const { session: moved, report } = owner.migrate(stored)
      return `${keep(c, owner, moved).slice(0, -1)},"report":${written(report)}}`
    },
    step(c) {
      const { bot, session: stepped } = session(c)
      const now = c.text('now')
      return String(bot.step(stepped, c.part('event'), now))
    },
    due(c) {
      const { bot, session: stepped } = session(c)
      return String(bot.due(stepped, c.text('now')))
    },
    snapshot: (c) => `{"snapshot":${session(c).session.snapshot()}}`,
  }

  const tools = JSON.parse(tool('tools'))

  /** Every other op is a tool of that name; its argument is the rest of the case as it was written. */
  function run(c) {
    const rest = Object.entries(c.raw).filter(([key]) => key !== 'op' && key !== 'bot')
    const argument = `{${rest.map(([key, text]) => `${written(key)}:${text}`).join()}}`
    return 'bot' in c.values ? bot(c).tool(c.values.op, argument) : tool(c.values.op, argument)
  }

  const failed = (code, message, path) => written({ error: path ? { code, message, path } : { code, message } })

  function answer(line) {
    let c
    try {
      c = new Case(line)
    } catch {
      return failed('bad_case', 'the line is no JSON')
    }
    const op = c.plain('op')
    if (!Object.hasOwn(ops, op) && !tools.includes(op)) return failed('bad_case', `unknown op \`${op}\``, 'op')
    try {
      return (ops[op] ?? run)(c)
    } catch (error) {
      if (error instanceof Refused) return failed(error.code, error.message, error.path)
      if (error instanceof FrontdeskError) return failed(error.code, error.errors[0].message, error.path)
      throw error
    }
  }

  return answer
}
