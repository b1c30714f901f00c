// Marks of the reader: kept in this browser, saved as files. Nothing leaves the page by itself.
(() => {
  'use strict'
  const data = JSON.parse(document.getElementById('data').textContent)
  const words = data.words
  const place = `frontdesk.report ${data.name} ${data.week}`
  let marks = {}
  try {
    marks = JSON.parse(localStorage.getItem(place)) ?? {}
  } catch {
    // A browser that keeps nothing still marks and saves.
  }

  const keyOf = (element) => element.dataset.id ?? `ask ${data.asked[element.dataset.ask].text}`

  const keep = (key, change) => {
    const mark = { ...marks[key], ...change }
    if (mark.do) marks[key] = mark
    else delete marks[key]
    try {
      localStorage.setItem(place, JSON.stringify(marks))
    } catch {
      // see above
    }
    show()
  }

  /** Puts every mark on the page. */
  const show = () => {
    for (const button of document.querySelectorAll('button[data-do]')) {
      button.setAttribute('aria-pressed', String(marks[keyOf(button)]?.do === button.dataset.do))
    }
    for (const area of document.querySelectorAll('textarea')) {
      const mark = marks[keyOf(area)]
      area.closest('label').hidden = mark?.do !== 'wrong' && mark?.do !== 'new'
      if (document.activeElement !== area) area.value = mark?.say ?? ''
    }
    const marked = document.getElementById('marked')
    if (marked) marked.textContent = Object.keys(marks).length
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-do]')
    if (!button) return
    const key = keyOf(button)
    const again = marks[key]?.do === button.dataset.do
    keep(key, { do: again ? undefined : button.dataset.do })
    const say = button.closest('li, .turn')?.querySelector('.say:not([hidden]) textarea')
    if (!again && say) say.focus()
  })
  document.addEventListener('input', (event) => {
    if (event.target.matches('textarea')) keep(keyOf(event.target), { say: event.target.value })
  })

  /** Rows for the table: question, answer, phrasings; phrasings of one row come together. */
  const rows = () => {
    const found = new Map()
    const add = (question, answer, phrasings) => {
      const row = found.get(question) ?? { answer, phrasings: new Set() }
      phrasings.filter((text) => text && text !== question).forEach((text) => row.phrasings.add(text))
      found.set(question, row)
    }
    for (const asked of data.asked) {
      const mark = marks[`ask ${asked.text}`]
      const say = mark?.say?.trim()
      if (mark?.do === 'add') add(...asked.row, [asked.text, ...asked.variants])
      if (mark?.do === 'new' && say) add(asked.text, say, asked.variants)
    }
    for (const turn of data.talks.flatMap((talk) => talk.turns)) {
      const mark = marks[turn.id]
      const say = mark?.say?.trim()
      if (mark?.do === 'right' && turn.row && turn.asked) add(...turn.row, [turn.asked])
      if (mark?.do === 'wrong' && say && turn.asked) add(turn.asked, say, [])
    }
    return [...found].map(([question, row]) => [question, row.answer, [...row.phrasings].join('|')])
  }

  const csv = () => {
    const found = rows()
    if (!found.length) return ''
    // A spreadsheet takes what begins so for a formula (OWASP, CSV injection). The table's reader takes the sign off again.
    const harmless = (text) => (/^\s*[=+\-@'＝＋－＠]/.test(text) ? `'${text}` : text)
    const quoted = (text) => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
    const cell = (text) => quoted(harmless(text))
    return [words.columns, ...found].map((row) => row.map(cell).join(';') + '\n').join('')
  }

  /** A test for each dialog with marks: what was right must come again, and in place of what was wrong the better answer. */
  const yaml = () => {
    const tests = data.talks.flatMap((talk) => {
      const judged = talk.turns.map((turn) => marks[turn.id]).map((mark) => (mark?.do === 'wrong' && !mark.say?.trim() ? undefined : mark))
      const wrong = judged.findIndex((mark) => mark?.do === 'wrong')
      const last = wrong >= 0 ? wrong : judged.findLastIndex((mark) => mark)
      if (last < 0 || !talk.at) return []
      const steps = talk.turns.slice(0, last + 1).flatMap((turn, at) => {
        const better = at === wrong ? [{ say: judged[at].say.trim() }] : turn.expect
        return [...turn.steps, { expect: better.length ? better : 'nothing' }]
      })
      return [{ name: talk.name, at: talk.at, channel: talk.channel, dialog: [...talk.before, ...steps] }]
    })
    // JSON is YAML; a line for each step reads well.
    const flow = (value) => JSON.stringify(value).replaceAll('\u007f', '\\u007f')
    const test = ({ name, at, channel, dialog }) =>
      `  - name: ${flow(name)}\n    at: ${flow(at)}\n    channel: ${flow(channel)}\n    dialog:\n` +
      dialog.map((step) => `      - ${flow(step)}\n`).join('')
    return tests.length ? 'tests:\n' + tests.map(test).join('') : ''
  }

  const save = (name, text, type) => {
    if (!text) {
      alert(words.nothing)
      return
    }
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type }))
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  }
  document.getElementById('csv')?.addEventListener('click', () => save(`faq-${data.week}.csv`, csv(), 'text/csv;charset=utf-8'))
  document.getElementById('yaml')?.addEventListener('click', () => save(`tests-${data.week}.yaml`, yaml(), 'application/yaml;charset=utf-8'))

  // On paper everything is open.
  let closed = []
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open])')]
    closed.forEach((one) => (one.open = true))
  })
  addEventListener('afterprint', () => closed.forEach((one) => (one.open = false)))
  show()
})()
