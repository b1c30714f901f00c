// Microseconds of the step with ten effects, in Node and in pages: batch by batch, because clocks of
// pages are coarse: the quickest tenth, which other programs disturb least.

const [BATCH, BATCHES, WARM_UP] = [20, 1500, 500]

/** Microseconds of a step; `batch` takes so many and gives their milliseconds. */
export function quickest(batch) {
  const samples = Array.from({ length: BATCHES }, () => (batch(BATCH) / BATCH) * 1000).slice(WARM_UP)
  samples.sort((a, b) => a - b)
  return samples[Math.floor(samples.length / 10)]
}

export function measure(Bot, definition) {
  const bot = Bot.compile(definition)
  const noon = Date.parse('2026-01-05T10:00:00Z')
  const session = bot.open({ channel: 'web', account: 'site', user: 'u1' }, new Date(noon))
  let n = 0
  return quickest((count) => {
    let said = 0
    const events = []
    for (let k = 0; k < count; k += 1) {
      n += 1
      events.push([{ id: `m${n}`, kind: 'message', text: 'нове замовлення' }, new Date(noon + n * 1000)])
    }
    const start = performance.now()
    for (const [event, now] of events) {
      const turn = bot.step(session, event, now)
      for (const effect of turn.effects) said += effect.key.length
    }
    const took = performance.now() - start
    if (said < count * 10) throw new Error('not ten effects')
    return took
  })
}
