// The widget in Chromium, as a visitor uses it, after build.mjs: node --test bindings-wasm/widget/tests/*.test.mjs
// SCREENSHOTS=folder keeps the pictures.

import assert from 'node:assert/strict'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { assertText, opened, page, visit } from './guest.mjs'

const DAY = 24 * 60 * 60 * 1000

opened(async (read) => {
  const bundle = await read('clinic.bundle')
  return {
    '/english.html': String(await read('index.html')).replace('lang="ru"', 'lang="en"'),
    '/cut.bundle': bundle.subarray(0, bundle.length / 2),
    '/broken.html': page('<frontdesk-chat open src="cut.bundle"></frontdesk-chat>'),
    '/missing.html': page('<frontdesk-chat open src="nowhere.bundle"></frontdesk-chat>'),
    '/inline.html': page('<div style="height:500px"><frontdesk-chat inline src="clinic.bundle"></frontdesk-chat></div>'),
  }
})

test('a question is answered, a phone becomes a lead, and then there is silence', async () => {
  const guest = await visit()
  await guest.tab.evaluate(() => {
    window.leads = []
    document.querySelector('frontdesk-chat').addEventListener('frontdesk-lead', (event) => leads.push(event.detail))
  })
  await guest.open()
  await guest.hears(/Чем помочь/)
  await guest.says('Сколько стоит чистка зубов?')
  await guest.hears(/5500/)
  await guest.says('Мой номер 8-900-123-45-67')
  await guest.hears(/заявка принята/)
  const leads = await guest.tab.evaluate(() => leads)
  assert.equal(leads.length, 1)
  assert.equal(leads[0].fields.phone, '+79001234567')
  const before = (await guest.lines()).length
  await guest.says('А какие у вас условия?')
  await guest.tab.clock.runFor(5000)
  assert.equal((await guest.lines()).length, before + 1, 'only the visitor said something')
  await assertText(guest.chat.locator('.state'), /завершён/)
  assert.deepEqual(guest.problems, [])
  await guest.close()
})

test('after a reload the dialog goes on, in another tab too', async () => {
  const guest = await visit()
  await guest.open()
  await guest.says('Запишите меня на чистку')
  await guest.hears(/время/)
  const lines = await guest.lines()
  await guest.tab.reload()
  await guest.chat.locator('.bubble').last().waitFor({ state: 'attached' })
  assert.deepEqual(await guest.chat.locator('.bubble').allTextContents(), lines)
  await guest.open()
  const twin = await guest.tab.context().newPage()
  await twin.goto(guest.address)
  await twin.locator('frontdesk-chat .launcher').click()
  await twin.locator('frontdesk-chat .buttons button').first().click()
  await guest.hears(/обращаться/)
  assert.deepEqual(guest.problems, [])
  await guest.close()
})

test('a reminder comes a day before the visit, also to a page that was closed', async () => {
  const guest = await visit()
  await guest.open()
  await guest.says('Запишите меня на чистку')
  await guest.hears(/время/)
  await guest.chat.locator('.buttons button').nth(1).click()
  await guest.hears(/обращаться/)
  await guest.says('Анна')
  await guest.hears(/номер/)
  await guest.says('+7 900 123-45-67')
  await guest.hears(/пожелания/)
  await guest.says('нет')
  await guest.hears(/Записали/)
  await guest.chat.locator('.close').click()
  await guest.tab.clock.fastForward(DAY + DAY / 4)
  await assertText(guest.chat.locator('.badge'), /1/)
  await guest.open()
  await guest.hears(/Напоминаем/)
  await guest.chat.getByRole('button', { name: 'Подтвердить' }).click()
  await guest.hears(/Ждём вас/)
  assert.deepEqual(guest.problems, [])
  await guest.close()
})

test('when an operator joins, the bot is silent and the state says who talks', async () => {
  const guest = await visit()
  await guest.open()
  await guest.hears(/Чем помочь/)
  await guest.tab.evaluate(() =>
    document.querySelector('frontdesk-chat').operator('message', { who: 'Ольга', text: 'Здравствуйте, это Ольга.' }),
  )
  await assertText(guest.chat.locator('.line.operator'), /Ольга/)
  await assertText(guest.chat.locator('.state'), /человек/)
  const before = await guest.chat.locator('.line.bot').count()
  await guest.says('Сколько стоит чистка зубов?')
  await guest.tab.clock.runFor(5000)
  assert.equal(await guest.chat.locator('.line.bot').count(), before)
  await guest.close()
})

test('who asks for a person reads that one is called, once', async () => {
  const guest = await visit()
  await guest.open()
  await guest.hears(/Чем помочь/)
  await guest.says('Позовите оператора')
  const called = guest.chat.locator('.line.handoff')
  await assertText(called, /Передаю сотруднику/)
  await guest.tab.reload()
  await guest.open()
  await assertText(called, /Передаю сотруднику/)
  assert.equal(await called.count(), 1)
  await guest.close()
  const angry = await visit()
  await angry.open()
  await angry.says('Безобразие, верните деньги!')
  await angry.hears(/руководителю/)
  assert.equal(await angry.chat.locator('.line.handoff').count(), 0, 'the bot said so itself')
  await angry.close()
})

test('what cannot be loaded is said, with a way to try again', async () => {
  for (const [place, pattern] of [['broken.html', /bundle_invalid/], ['missing.html', /404/]]) {
    const guest = await visit({}, place)
    await assertText(guest.chat.locator('.broken'), /is not working/)
    assert.doesNotMatch(await guest.chat.locator('.broken').innerText(), pattern, 'visitors read words')
    assert.match(guest.told.join(), pattern)
    assert.equal(await guest.chat.getByRole('alert').isVisible(), true)
    assert.equal(await guest.chat.getByRole('button', { name: 'Try again' }).isVisible(), true)
    await guest.close()
  }
})

test('a keyboard and a screen reader find their way', async () => {
  const guest = await visit({}, 'english.html')
  await guest.tab.locator('#questions button').last().focus()
  await guest.tab.keyboard.press('Tab')
  await guest.tab.keyboard.press('Enter')
  await guest.input.waitFor()
  assert.equal(await focused(guest), 'TEXTAREA')
  assert.equal(await guest.chat.getByRole('dialog').isVisible(), true)
  assert.equal(await guest.chat.getByRole('button', { name: 'Close chat' }).count(), 1)
  assert.equal(await guest.chat.locator('.launcher').isVisible(), false)
  assert.equal(await guest.chat.getByRole('log').getAttribute('aria-live'), 'polite')
  await guest.tab.keyboard.type('Чистка')
  await guest.tab.keyboard.press('Shift+Enter')
  await guest.tab.keyboard.type('и лечение')
  assert.match(await guest.input.inputValue(), /\n/)
  await guest.tab.keyboard.press('Escape')
  assert.equal(await guest.chat.getByRole('dialog').isVisible(), false)
  assert.equal(await focused(guest), 'BUTTON')
  assert.match(await guest.chat.locator('.launcher').getAttribute('aria-label'), /^Open chat/)
  await guest.close()
})

const focused = (guest) =>
  guest.tab.evaluate(() => document.querySelector('frontdesk-chat').shadowRoot.activeElement?.tagName)

test('text from anybody is text, and addresses are links', async () => {
  const guest = await visit()
  await guest.open()
  await guest.says('<img src=x onerror="window.hurt=1"> https://example.org/a?b=1, да')
  await assertText(guest.chat.locator('.line.client .bubble').last(), /<img/)
  const link = guest.chat.locator('.line.client a').last()
  assert.equal(await link.getAttribute('href'), 'https://example.org/a?b=1')
  assert.equal(await guest.tab.evaluate(() => window.hurt), undefined)
  await guest.close()
})

test('a lead that the site could not store raises the alarm', async () => {
  const guest = await visit()
  await guest.tab.evaluate(() => {
    window.alerts = []
    const chat = document.querySelector('frontdesk-chat')
    chat.onLead = () => Promise.reject(new Error('CRM is down'))
    chat.addEventListener('frontdesk-effect', ({ detail }) => detail.kind === 'alert' && alerts.push(detail.code))
  })
  await guest.open()
  await guest.says('Мой номер 8-900-123-45-67')
  await guest.hears(/заявка принята/)
  await guest.tab.clock.fastForward(6 * 60 * 1000)
  await guest.tab.waitForFunction(() => alerts.length > 0)
  assert.deepEqual(await guest.tab.evaluate(() => alerts), ['lead_unconfirmed'])
  await guest.close()
})

test('it fills a container, and a phone whole', async () => {
  const inline = await visit({}, 'inline.html')
  await inline.input.waitFor()
  assert.equal(await inline.chat.locator('.launcher').isVisible(), false)
  await inline.close()
  const phone = await visit({ viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true })
  await phone.open()
  const panel = phone.chat.getByRole('dialog')
  await panel.evaluate((panel) => Promise.all(panel.getAnimations().map((slide) => slide.finished)))
  const box = await panel.boundingBox()
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 390, 780])
  assert.equal(await focused(phone), 'OL', 'no keyboard of the screen over what was just said')
  // What the window covers is out of reach, and Escape gives it back.
  await phone.tab.locator('#questions button').first().focus()
  assert.equal(await phone.tab.evaluate(() => document.activeElement.tagName), 'FRONTDESK-CHAT')
  await phone.tab.keyboard.press('Escape')
  assert.equal(await phone.chat.getByRole('dialog').isVisible(), false)
  assert.equal(await phone.chat.locator('.launcher').isVisible(), true)
  await phone.close()
})

test('a time stands once for its minute, and with its date on another day', async () => {
  const guest = await visit()
  await guest.open()
  await guest.says('Сколько стоит чистка зубов?')
  await guest.hears(/5500/)
  const times = guest.chat.locator('time:visible')
  assert.deepEqual(await times.allInnerTexts(), ['12:00'])
  await guest.tab.clock.fastForward(DAY)
  await guest.tab.reload()
  await guest.open()
  assert.match(await times.first().innerText(), /^5 янв\D+12:00$/)
  await guest.close()
})

test('it looks right in light, dark and on a phone', async () => {
  const looks = {
    light: { viewport: { width: 1100, height: 760 }, colorScheme: 'light' },
    dark: { viewport: { width: 1100, height: 760 }, colorScheme: 'dark' },
    phone: { viewport: { width: 390, height: 780 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  }
  const folder = process.env.SCREENSHOTS
  if (folder) await mkdir(folder, { recursive: true })
  for (const [name, options] of Object.entries(looks)) {
    const guest = await visit(options)
    await guest.open()
    await guest.hears(/Чем помочь/)
    await guest.says('Больно ли ставить имплант?')
    await guest.hears(/Под анестезией/)
    await guest.chat.getByRole('button', { name: 'Записаться' }).click()
    await guest.hears(/время/)
    const contrast = await guest.tab.evaluate(worstContrast)
    assert.ok(contrast >= 4.5, `${name}: text stands out by ${contrast.toFixed(2)} only`)
    if (folder) await guest.tab.screenshot({ path: path.join(folder, `${name}.png`) })
    await guest.close()
  }
})

/** The least contrast, by WCAG 2, of the texts in the window against what lies under them. */
function worstContrast() {
  const root = document.querySelector('frontdesk-chat').shadowRoot
  const channels = (color) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d')
    canvas.fillStyle = color
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  }
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const under = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor)
      if (color[3] === 255) return color
    }
    return channels(getComputedStyle(document.body).backgroundColor)
  }
  const texts = [...root.querySelectorAll('.bubble, time, h2, .buttons button')].filter((e) => e.checkVisibility())
  const ratios = texts.map((element) => {
    const [light, dark] = [channels(getComputedStyle(element).color), under(element)]
      .map((color) => luminance(color.slice(0, 3)))
      .sort((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  })
  return Math.min(...ratios)
}
