// Microseconds of the step with ten effects, in Node and in pages: batch by batch, because clocks of
// pages are coarse: the quickest tenth, which other programs disturb least.

const [BATCH, BATCHES, WARM_UP] = [20, 1500, 500]

export function measure(Bot, definition) {
  const bot = Bot.compile(definition)
  const noon = Date.parse('2026-01-05T10:00:00Z')
  const session = bot.open({ channel: 'web', account: 'site', user: 'u1' }, new Date(noon))
  const samples = []
  let n = 0
  for (let batch = 0; batch < BATCHES; batch += 1) {
    let said = 0
    const events = []
    for (let k = 0; k < BATCH; k += 1) {
      n += 1
      events.push([{ id: `m${n}`, kind: 'message', text: 'нове замовлення' }, new Date(noon + n * 1000)])
    }
    const start = performance.now()
    for (const [event, now] of events) {
      const turn = bot.step(session, event, now)
      for (const effect of turn.effects) said += effect.key.length
    }
    samples.push(((performance.now() - start) / BATCH) * 1000)
    if (said < BATCH * 10) throw new Error('not ten effects')
  }
  samples.splice(0, WARM_UP)
  samples.sort((a, b) => a - b)
  return samples[Math.floor(samples.length / 10)]
}
