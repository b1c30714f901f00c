// How a typed page uses the browser package: checked with `tsc --strict`.

import init, { Bot, type Effect, extract } from 'frontdesk-web'

export async function page(bundle: Uint8Array): Promise<string[]> {
  await init()
  const bot: Bot = Bot.fromBundle(bundle)
  const session = bot.open({ channel: 'web', account: 'site', user: 'u1' }, new Date())
  const effects: Effect[] = bot.step(session, { id: '1', kind: 'message', text: 'Hi' }, new Date()).effects
  const found: string[] = extract('+1 650 253 0000', { region: 'US' }).phones.map((phone) => phone.e164)
  return [...effects.map((effect) => effect.key), ...found]
}
