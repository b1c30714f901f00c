// How a typed host uses the package: checked with `tsc --strict`, once as a module and once with `require`.

import { Bot, type Effect, FrontdeskError, Faq, type Problem, extract } from 'frontdesk'

function carriedOut(effect: Effect): string {
  switch (effect.kind) {
    case 'reply':
      return `${effect.text} ${(effect.buttons ?? []).map((button) => button.title).join()}`
    case 'create_lead':
      return `${effect.lead_key} ${Object.keys(effect.fields).join()}`
    case 'request':
    case 'update_lead':
    case 'handoff':
    case 'notify':
    case 'note':
    case 'suggest':
    case 'set_status':
    case 'set_field':
    case 'tag':
    case 'set_timer':
    case 'cancel_timer':
    case 'finish':
    case 'alert':
      return effect.key
    default: {
      const never: never = effect
      return never
    }
  }
}

export function host(): string[] {
  try {
    const bot: Bot = Bot.compile({ bot: 1 }, { 'faq.csv': '' })
    const hash: string = Bot.fromBundle(bot.bundle('staff')).hash
    const session = bot.open({ channel: 'web', account: 'site', user: 'u1' }, new Date(), { utm: { source: 'ad' } })
    const turn = bot.step(session, { id: '1', kind: 'message', text: 'Hi', at: new Date() }, new Date())
    bot.due(session, turn.next_due ?? new Date())
    const start: number | undefined = extract('+1 650 253 0000', { region: 'US' }).phones[0]?.start
    const { answer }: { answer: string | null } = Faq.load('t', [{ ask: 'a', say: 'b' }]).match('a')
    // @ts-expect-error an operator does not dance
    bot.step(session, { id: '2', kind: 'operator', action: 'danced' }, new Date())
    return [hash, ...turn.effects.map(carriedOut), String(start), answer ?? '', turn.record.hash]
  } catch (error) {
    if (!(error instanceof FrontdeskError)) throw error
    const problems: Problem[] = error.errors
    return [error.code, error.path, ...problems.map((problem) => problem.message)]
  }
}
