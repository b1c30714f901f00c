// The webhooks: each event is saved with all that follows from it before it is answered.

import { timingSafeEqual } from 'node:crypto'
import Fastify from 'fastify'
import { decode } from 'frontdesk'

export function web(desk, client, { telegram, kommo, eventsSecret }, log) {
  const app = Fastify()
  const asText = (_request, body, done) => done(null, body)
  app.removeAllContentTypeParsers() // codecs read bodies themselves: ids beyond 2^53 keep their digits
  app.addContentTypeParser(['application/json', 'application/x-www-form-urlencoded'], { parseAs: 'string' }, asText)

  app.post('/telegram', async (request, reply) => {
    if (!same(request.headers['x-telegram-bot-api-secret-token'], telegram.secret)) return reply.code(401).send({})
    return hear('telegram', request.body)
  })

  // Kommo signs nothing: the secret is a part of the address.
  app.post('/kommo/:secret', async (request, reply) => {
    if (!same(request.params.secret, kommo.secret)) return reply.code(401).send({})
    return hear('kommo', request.body)
  })

  // Events in the words of the contract: what the owner's system found out later, or that a manager has joined.
  app.post('/events', async (request, reply) => {
    if (!same(request.headers['x-frontdesk-secret'], eventsSecret)) return reply.code(401).send({})
    return hear('webhook', request.body)
  })

  // 5xx: the vendor asks again, and what was saved by then is a repeated event.
  app.setErrorHandler((error, _request, reply) => {
    log.error(error, 'a webhook')
    return reply.code(error.statusCode ?? 500).send({})
  })

  app.get('/health', async () => ({ bot: desk.bot.hash }))

  async function hear(channel, body) {
    let talks
    try {
      talks = decode(channel, body)
    } catch (error) {
      if (error.name !== 'FrontdeskError') throw error
      // Not 4xx: the vendor would repeat it for a day, ahead of all that comes after.
      log.error({ channel, code: error.code, path: error.path }, error.message)
      return { refused: error.code }
    }
    for (const { key, events, contact, reply = {} } of talks) {
      const { callback_query_id: press, ...lasting } = reply
      for (const event of events) {
        if (key) await desk.take({ key, contact, reply: lasting }, event)
        else log.info({ channel, event }, 'of no session')
      }
      if (press) client.answerPress(press)
    }
    return { ok: true }
  }

  return app
}

function same(given = '', secret = '') {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)]
  return other.length > 0 && one.length === other.length && timingSafeEqual(one, other)
}
