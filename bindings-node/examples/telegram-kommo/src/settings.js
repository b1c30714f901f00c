// What this host is told: secrets and addresses by the environment, ids of accounts by `accounts.json`.

import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Bot } from 'frontdesk'

const HERE = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')

function must(name) {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set; README.md says what it is`)
  return value
}

export function settings() {
  const { env } = process
  return {
    port: Number(env.PORT ?? 3000),
    host: env.HOST ?? '127.0.0.1',
    redis: env.REDIS_URL ?? 'redis://127.0.0.1:6379',
    telegram: {
      api: env.TELEGRAM_API ?? 'https://api.telegram.org',
      token: must('TELEGRAM_TOKEN'),
      secret: must('TELEGRAM_SECRET'),
      adminChat: env.TELEGRAM_ADMIN_CHAT,
    },
    kommo: { url: env.KOMMO_URL, token: env.KOMMO_URL && must('KOMMO_TOKEN'), secret: env.KOMMO_WEBHOOK_SECRET },
    backoffice: { url: env.BACKOFFICE_URL, token: env.BACKOFFICE_TOKEN },
    eventsSecret: env.EVENTS_SECRET,
    paced: !env.UNPACED,
    timeout: Number(env.TIMEOUT ?? 10) * 1000, // milliseconds that a vendor may take
  }
}

/** What codecs must know of each account: pipelines, stages, people. No secrets. */
export function accounts() {
  return JSON.parse(fs.readFileSync(process.env.ACCOUNTS ?? path.join(HERE, 'accounts.json'), 'utf8'))
}

/** The bot as its files are now. */
export function bot() {
  const file = process.env.BOT ?? path.join(HERE, 'bot.yaml')
  const folder = path.dirname(file)
  const tables = fs.readdirSync(folder).filter((name) => name.endsWith('.csv'))
  const read = (name) => fs.readFileSync(path.join(folder, name), 'utf8')
  return Bot.compile(fs.readFileSync(file, 'utf8'), Object.fromEntries(tables.map((name) => [name, read(name)])))
}
