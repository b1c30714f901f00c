// What goes wrong in browsers and pages, and what the widget makes of it, in Chromium.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertText, opened, page, visit } from './guest.mjs'

opened(async (read) => ({
  '/other.bundle': await read('clinic.bundle'),
  '/below.html': page(
    '<input autofocus><div style="height:3000px"></div>' +
      '<div style="height:400px"><frontdesk-chat inline src="clinic.bundle"></frontdesk-chat></div>',
  ),
  '/reading.html': page('<input autofocus><frontdesk-chat open src="clinic.bundle"></frontdesk-chat>'),
  '/shouting.html': page(
    '<frontdesk-chat open src="clinic.bundle"></frontdesk-chat>',
    `<style>
      html { font-size: 40px }
      * { all: unset }
      body {
        text-transform: uppercase; letter-spacing: 6px; word-spacing: 12px; text-align: right; text-indent: 40px;
        line-height: 3; color: red; font: italic 900 30px serif; white-space: nowrap; cursor: wait; user-select: none;
      }
      frontdesk-chat { --from-bottom: 70px }
    </style>`,
  ),
  '/rtl.html': page('<frontdesk-chat open src="clinic.bundle"></frontdesk-chat>').replace('<html', '<html dir="rtl"'),
  '/framed.html': page('<iframe sandbox="allow-scripts allow-forms" src="open.html" width="500" height="600"></iframe>'),
  '/strict.html': under("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"),
  '/stricter.html': under("script-src 'self'; connect-src 'self'"),
  '/open.html': page('<frontdesk-chat open src="clinic.bundle"></frontdesk-chat>'),
}))

/** A page whose policy is this and no more. */
function under(policy) {
  const head = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${policy}">`
  return page('<frontdesk-chat open src="clinic.bundle"></frontdesk-chat>', head)
}

/** Keeps the bundle of a visitor back; what it gives lets it go. */
function slowly(tab, name = 'clinic.bundle') {
  let go
  const allowed = new Promise((resolve) => (go = resolve))
  tab.route(`**/${name}`, async (route) => {
    await allowed
    await route.continue().catch(() => {}) // the page may have gone
  })
  return go
}

test('a full storage loses no lead that the visitor was told of', async () => {
  const guest = await visit()
  await guest.open()
  await guest.says('Где вы находитесь?')
  await guest.hears(/Садовой/)
  await guest.tab.evaluate(() => {
    window.leads = []
    document.querySelector('frontdesk-chat').onLead = ({ fields }) => void leads.push(fields.phone)
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
  })
  await guest.says('Мой номер 8-900-123-45-67')
  await guest.hears(/заявка принята/)
  await guest.tab.waitForFunction(() => leads.length > 0)
  await guest.says('А парковка есть?')
  await assertText(guest.chat.locator('.line').last(), /парковка/)
  await guest.tab.clock.runFor(2000)
  await assertText(guest.chat.locator('.line').last(), /парковка/) // the bot knows that the dialog is over
  assert.deepEqual(await guest.tab.evaluate(() => leads), ['+79001234567'])
  assert.deepEqual(guest.problems, [])
  await guest.close()
})

test('a stored dialog that cannot be read gives way to a new one, and its lines and leads stay', async () => {
  const spoil = (change) => {
    const [key] = Object.keys(localStorage)
    const stored = JSON.parse(localStorage[key])
    localStorage[key] = change(stored) ?? JSON.stringify(stored)
  }
  const spoilt = {
    'a session that is cut': (stored) => void (stored.session = stored.session.slice(0, -20)),
    'a session of another version': (stored) => {
      stored.session = JSON.stringify({ ...JSON.parse(stored.session), v: 99, bot: { hash: '0'.repeat(64) } })
    },
    'a shape of another version': (stored) => void (stored.v = 99),
    'lines that are none': (stored) => void stored.lines.push(null, { id: '1', from: 'bot', text: null, at: 'x' }),
    'next to nothing': () => '{"v":1}',
    'no JSON': () => '{{{',
    'no object': () => 'null',
  }
  for (const [name, change] of Object.entries(spoilt)) {
    const guest = await visit()
    await guest.open()
    await guest.says('Где вы находитесь?')
    await guest.hears(/Садовой/)
    await guest.tab.evaluate(`(${spoil})(${change})`)
    await guest.tab.reload()
    await guest.open()
    await guest.says('Больно ли ставить имплант?')
    await guest.hears(/анестезией/)
    if (!/nothing|JSON|object/.test(name)) assert.ok((await guest.lines()).includes('Где вы находитесь?'), name)
    assert.deepEqual(guest.problems, [], name)
    await guest.close()
  }
})

test('a lead that a lost dialog left waits for the page, and a new lead is another one', async () => {
  const guest = await visit()
  await guest.open()
  await guest.tab.evaluate(() => {
    document.querySelector('frontdesk-chat').onLead = () => new Promise(() => {})
  })
  await guest.says('Мой номер 8-900-123-45-67')
  await guest.hears(/заявка принята/)
  await guest.tab.evaluate(() => {
    const [key] = Object.keys(localStorage)
    localStorage[key] = JSON.stringify({ ...JSON.parse(localStorage[key]), session: '{' })
  })
  await guest.tab.addInitScript(() => {
    window.leads = []
    window.codes = []
    addEventListener('frontdesk-lead', ({ detail }) => leads.push(detail))
    addEventListener('frontdesk-error', ({ detail }) => codes.push(String(detail)))
  })
  await guest.tab.reload()
  await guest.open()
  await guest.says('Мой номер 8-900-123-45-68')
  await guest.hears(/заявка принята/)
  await guest.tab.waitForFunction(() => leads.length > 1)
  const leads = await guest.tab.evaluate(() => leads)
  assert.deepEqual(leads.map((lead) => lead.fields.phone), ['+79001234567', '+79001234568'])
  assert.notEqual(leads[0].lead_key, leads[1].lead_key)
  assert.equal((await guest.tab.evaluate(() => codes)).length, 1)
  await guest.close()
})

test('two tabs hand a lead over once, and the one that stays does it where the other went', async () => {
  const guest = await visit()
  await guest.open()
  await guest.hears(/Чем помочь/)
  const twin = await guest.tab.context().newPage()
  await twin.goto(guest.address)
  await twin.locator('frontdesk-chat .launcher').click()
  for (const [tab, answer] of [[guest.tab, 'new Promise(() => {})'], [twin, '{ id: "7" }']]) {
    await tab.evaluate(`window.leads = []; document.querySelector('frontdesk-chat').onLead = ({ key }) => {
      leads.push(key)
      return ${answer}
    }`)
  }
  await guest.says('Мой номер 8-900-123-45-67')
  await guest.hears(/заявка принята/)
  await twin.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await twin.waitForTimeout(500)
  assert.equal((await guest.tab.evaluate(() => leads)).length, 1)
  assert.deepEqual(await twin.evaluate(() => leads), [])
  await guest.tab.close()
  await twin.waitForFunction(() => leads.length === 1)
  await guest.close()
})

test('a hook that never ends holds up nothing else', async () => {
  const guest = await visit()
  await guest.open()
  await guest.tab.evaluate(() => {
    window.leads = []
    const chat = document.querySelector('frontdesk-chat')
    chat.onEffect = chat.onHandoff = () => new Promise(() => {})
    chat.onLead = ({ fields }) => void leads.push(fields.phone)
  })
  await guest.says('Мой номер 8-900-123-45-67')
  await guest.hears(/заявка принята/)
  await guest.tab.waitForFunction(() => leads.length === 1)
  await guest.close()
})

test('what is said while the engine loads is shown, waits and is answered', async () => {
  let go
  const guest = await visit({}, 'open.html', async (tab) => void (go = slowly(tab)))
  await assertText(guest.chat.locator('.state'), /Loading/)
  await guest.says('Где вы находитесь?')
  await guest.tab.evaluate(() => void document.querySelector('frontdesk-chat').send('Больно ли ставить имплант?'))
  assert.deepEqual(await guest.lines(), ['Где вы находитесь?', 'Больно ли ставить имплант?'])
  go()
  await guest.hears(/анестезией/)
  const lines = await guest.lines()
  assert.match(lines.join('|'), /^Здравствуйте[^|]*\|Где[^|]*\|.*Садовой[^|]*\|.*анестезией/)
  await guest.tab.reload()
  await guest.chat.locator('.bubble').last().waitFor()
  assert.deepEqual((await guest.lines()).length, lines.length, 'nothing stands there twice')
  assert.deepEqual(guest.problems, [])
  await guest.close()
})

test('what is said before a failed load is said after the next', async () => {
  let fail = true
  const guest = await visit({}, 'open.html', (tab) =>
    tab.route('**/clinic.bundle', (route) => (fail ? route.abort() : route.continue())),
  )
  await assertText(guest.chat.locator('.broken'), /is not working/)
  await guest.tab.evaluate(() => void document.querySelector('frontdesk-chat').send('Где вы находитесь?'))
  fail = false
  await guest.chat.getByRole('button', { name: 'Try again' }).click()
  await guest.hears(/Садовой/)
  await guest.close()
})

test('of two bundles the one set last talks, and an element that has gone does not begin', async () => {
  let go
  const guest = await visit({}, 'open.html', async (tab) => void (go = slowly(tab, 'other.bundle')))
  await guest.hears(/Чем помочь/)
  await guest.tab.evaluate(() => {
    const chat = document.querySelector('frontdesk-chat')
    for (const src of ['other.bundle', 'clinic.bundle']) chat.setAttribute('src', src)
    window.ready = 0
    addEventListener('frontdesk-ready', () => (ready += 1))
    const late = document.createElement('frontdesk-chat')
    for (const [name, value] of Object.entries({ src: 'other.bundle', account: 'late', open: '' })) {
      late.setAttribute(name, value)
    }
    document.body.append(late)
    late.remove()
  })
  await guest.tab.waitForFunction(() => ready === 1)
  go()
  await guest.says('Где вы находитесь?')
  await guest.hears(/Садовой/)
  await guest.tab.waitForTimeout(500)
  assert.equal(await guest.tab.evaluate(() => ready), 1)
  assert.equal(await guest.tab.evaluate(() => Object.keys(localStorage).length), 1)
  await guest.close()
})

test('a message that is refused is said to be, stays in the input, and ends nothing', async () => {
  const guest = await visit({}, 'open.html')
  await guest.hears(/Чем помочь/)
  const long = 'слово '.repeat(3000).trim()
  await guest.says(long)
  const note = guest.chat.locator('.note')
  await assertText(note, /Not sent/)
  assert.equal(await note.getAttribute('role'), 'alert')
  assert.equal(await guest.input.inputValue(), long)
  assert.equal(await guest.chat.locator('.line.client').count(), 0)
  assert.match(guest.told.join(), /too_long|refused|limit/)
  await guest.says('Где вы находитесь?')
  await guest.hears(/Садовой/)
  assert.equal(await note.isVisible(), false)
  await guest.close()
})

test('half a sign at the end of a cut text is replaced', async () => {
  const guest = await visit({}, 'open.html')
  await guest.tab.evaluate(() => document.querySelector('frontdesk-chat').send('Где вы находитесь? \ud83d'))
  await guest.hears(/Садовой/)
  await guest.tab.evaluate(() => document.querySelector('frontdesk-chat').operator('message', { text: '\ude00 да' }))
  await assertText(guest.chat.locator('.line.operator'), /\ufffd да/)
  await guest.close()
})

test('a page that loads keeps its focus and its place', async () => {
  const phone = { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true }
  for (const [place, options] of [['below.html', {}], ['reading.html', {}], ['reading.html', phone]]) {
    const guest = await visit(options, place)
    await guest.hears(/Чем помочь/)
    assert.deepEqual(await guest.tab.evaluate(() => [scrollY, document.activeElement.tagName]), [0, 'INPUT'], place)
    await guest.close()
  }
})

test('the style of the page stays outside, but for where the window stands', async () => {
  const properties = [
    ...['textTransform', 'letterSpacing', 'wordSpacing', 'textAlign', 'textIndent', 'lineHeight', 'whiteSpace'],
    ...['fontSize', 'fontStyle', 'fontWeight', 'fontFamily', 'color', 'userSelect', 'width', 'height'],
  ]
  const looks = []
  for (const place of ['open.html', 'shouting.html']) {
    const guest = await visit({}, place)
    await guest.hears(/Чем помочь/)
    const parts = ['.bubble', 'h2', 'textarea', '.close', '.panel']
    looks.push(await guest.chat.evaluate((chat, [parts, properties]) => parts.map((part) => {
      const style = getComputedStyle(chat.shadowRoot.querySelector(part))
      return properties.map((property) => `${part} ${property}: ${style[property]}`)
    }), [parts, properties]))
    const { bottom, right, position } = await guest.chat.evaluate((chat) => {
      const { bottom, right } = chat.getBoundingClientRect()
      return { bottom: innerHeight - bottom, right: innerWidth - right, position: getComputedStyle(chat).position }
    })
    assert.deepEqual([right, bottom, position], [20, place === 'open.html' ? 20 : 70, 'fixed'])
    await guest.close()
  }
  assert.deepEqual(looks[1], looks[0])
})

test('a double click on a button presses it once', async () => {
  const guest = await visit()
  await guest.open()
  await guest.says('Запишите меня на чистку')
  await guest.hears(/время/)
  const button = guest.chat.locator('.buttons button').first()
  const title = await button.innerText()
  await button.evaluate((button) => [1, 2, 3].forEach(() => button.click()))
  await guest.hears(/обращаться/)
  await guest.tab.waitForTimeout(300)
  assert.deepEqual((await guest.lines()).filter((line) => line === title), [title])
  await guest.close()
})

test('Enter that ends the composition of a word sends nothing', async () => {
  const guest = await visit({}, 'open.html')
  await guest.input.fill('недопис')
  for (const composition of [{ isComposing: true }, { keyCode: 229 }]) {
    await guest.input.evaluate((input, composition) => {
      const enter = { key: 'Enter', bubbles: true, cancelable: true, ...composition }
      input.dispatchEvent(new KeyboardEvent('keydown', enter))
    }, composition)
  }
  assert.equal(await guest.input.inputValue(), 'недопис')
  await guest.close()
})

test('on a page from right to left each text runs in its own direction', async () => {
  const guest = await visit({}, 'rtl.html')
  await guest.hears(/Чем помочь/)
  await guest.says('متى تفتحون؟')
  const bubble = (who) => guest.chat.locator(`.line.${who} .bubble`).first()
  const direction = (who) => bubble(who).evaluate((bubble) => getComputedStyle(bubble).direction)
  assert.deepEqual([await direction('bot'), await direction('client')], ['ltr', 'rtl'])
  const close = await guest.chat.locator('.close').boundingBox()
  const title = await guest.chat.locator('h2').boundingBox()
  assert.ok(close.x < title.x)
  await guest.close()
})

test('who reads what was said before is not taken away from it', async () => {
  const guest = await visit({}, 'open.html')
  const answers = {
    'Где вы находитесь?': /Садовой/,
    'Больно ли ставить имплант?': /анестезией/,
    'Сколько стоит чистка зубов?': /5500/,
  }
  for (const [question, answer] of [...Object.entries(answers), ...Object.entries(answers)]) {
    await guest.says(question)
    await guest.hears(answer)
  }
  const lines = guest.chat.locator('.lines')
  const rest = () => lines.evaluate((lines) => lines.scrollHeight - lines.scrollTop - lines.clientHeight)
  assert.ok((await rest()) < 2)
  const operator = (text) => guest.chat.evaluate((chat, text) => chat.operator('message', { who: 'Ольга', text }), text)
  await lines.evaluate((lines) => (lines.scrollTop = 0))
  await operator('Здравствуйте, это Ольга.')
  await assertText(guest.chat.locator('.line.operator'), /Ольга/)
  assert.equal(await lines.evaluate((lines) => lines.scrollTop), 0)
  await guest.says('Здравствуйте!')
  await guest.tab.waitForFunction(() => {
    const lines = document.querySelector('frontdesk-chat').shadowRoot.querySelector('.lines')
    return lines.scrollHeight - lines.scrollTop - lines.clientHeight < 2
  })
  await operator('Чем помочь?')
  await assertText(guest.chat.locator('.line.operator').last(), /Чем помочь/)
  assert.ok((await rest()) < 2)
  await guest.close()
})

test('the policy that the documentation names is enough, and less is told', async () => {
  const guest = await visit({}, 'strict.html')
  await guest.says('Где вы находитесь?')
  await guest.hears(/Садовой/)
  assert.equal(await guest.chat.locator('.panel').evaluate((panel) => getComputedStyle(panel).display), 'flex')
  assert.deepEqual(guest.told, [])
  await guest.close()
  const refused = await visit({}, 'stricter.html')
  await assertText(refused.chat.locator('.broken'), /is not working/)
  assert.match(refused.told.join(), /unsafe-eval/)
  await refused.close()
})

test('a frame without an origin talks too, and keeps nothing', async () => {
  const guest = await visit({}, 'framed.html')
  const chat = guest.tab.frameLocator('iframe').locator('frontdesk-chat')
  await chat.locator('textarea').fill('Где вы находитесь?')
  await chat.locator('textarea').press('Enter')
  await assertText(chat.locator('.line.bot').last(), /Садовой/)
  assert.deepEqual(guest.problems, [])
  await guest.close()
})
