// Servers of a test: PostgreSQL and Redis in folders that are thrown away, and hosts to be killed and started again.

import { execFileSync, spawn } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

export function folder(name) {
  return fs.mkdtempSync(path.join(os.tmpdir(), `frontdesk-${name}-`))
}

/** A port that nobody listens on. */
export async function port() {
  const server = net.createServer().listen(0, '127.0.0.1')
  await new Promise((ready) => server.once('listening', ready))
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

/** Waits until `condition` gives something true, and gives it. */
export async function until(what, condition, seconds = 60) {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const value = await condition()
    if (value) return value
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`)
    await sleep(20)
  }
}

/** PostgreSQL from the folder of its programs; it refuses to run as root, so root runs it as the user `postgres`. */
export async function postgres(programs) {
  const data = folder('postgres')
  const who = process.getuid() === 0 ? user('postgres') : {}
  if (who.uid) fs.chownSync(data, who.uid, who.gid)
  const initdb = ['--pgdata', path.join(data, 'db'), '--auth', 'trust', '--username', 'postgres', '--no-sync']
  execFileSync(path.join(programs, 'initdb'), initdb, { ...who, stdio: 'pipe', cwd: data })
  const at = await port()
  const settings = [`port=${at}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${data}`].flatMap((s) => ['-c', s])
  const server = new Server([path.join(programs, 'postgres'), '-D', path.join(data, 'db'), ...settings], { ...who, cwd: data })
  await until('PostgreSQL', () => server.log.includes('ready to accept connections'))
  return { url: `postgresql://postgres@127.0.0.1:${at}/postgres`, stop: () => server.stop('SIGINT') }
}

function user(name) {
  const id = (what) => Number(execFileSync('id', [what, name], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

export async function redis(program) {
  const data = folder('redis')
  const at = await port()
  const server = new Server([program, '--port', at, '--bind', '127.0.0.1', '--dir', data, '--appendonly', 'yes'], { cwd: data })
  await until('Redis', () => server.log.includes('Ready to accept connections'))
  return { url: `redis://127.0.0.1:${at}`, stop: () => server.stop('SIGTERM') }
}

/** A process; its output is kept. */
export class Server {
  log = ''

  constructor([program, ...rest], { env, ...options }) {
    const how = { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...options }
    this.process = spawn(program, rest.map(String), how)
    for (const stream of [this.process.stdout, this.process.stderr]) stream.setEncoding('utf8').on('data', (text) => (this.log += text))
    this.ended = new Promise((ended) => this.process.once('exit', (code, signal) => ended(code ?? signal)))
    this.process.once('error', (error) => (this.log += error))
  }

  /** Ends it; gives its exit code, or the signal. */
  async stop(signal = 'SIGTERM') {
    this.process.kill(signal)
    const late = setTimeout(() => this.process.kill('SIGKILL'), 20_000)
    const how = await this.ended
    clearTimeout(late)
    return how
  }
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 })

/** Posts JSON; gives `{status, body}`, the body as a value. Refused connections throw. */
export function post(url, body, headers = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json'
  return new Promise((answered, failed) => {
    const request = http.request(url, { method: 'POST', agent, headers: { 'content-type': type, 'content-length': Buffer.byteLength(text), ...headers } })
    request.once('error', failed)
    request.once('response', (response) => {
      let said = ''
      response.setEncoding('utf8').on('data', (part) => (said += part))
      response.once('error', failed)
      response.once('end', () => answered({ status: response.statusCode, body: said && JSON.parse(said) }))
    })
    request.end(text)
  })
}

/** Whether a host answers. */
export async function healthy(url) {
  try {
    return (await fetch(`${url}/health`)).ok
  } catch {
    return false
  }
}

/** Numbers of a run, sorted: the value below which a share of them lies. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
}
