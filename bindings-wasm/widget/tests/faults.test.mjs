// What goes wrong in browsers and pages, and what the widget makes of it, in Chromium.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertText, opened, visit } from './guest.mjs'

opened(async () => ({}))

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
  await guest.tab.clock.runFor(2000)
  assert.deepEqual(await guest.tab.evaluate(() => leads), ['+79001234567'])
  assert.match((await guest.lines()).at(-1), /парковка/, 'the bot knows that the dialog is over')
  assert.deepEqual(guest.problems, [])
  await guest.close()
})
