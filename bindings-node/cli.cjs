#!/usr/bin/env node
'use strict'
// npx frontdesk check|test|chat|bundle|codes. Reads and writes files, prints and exits as the console of the core asks.

const fs = require('node:fs')
const path = require('node:path')
const readline = require('node:readline')
const { Console } = require('./frontdesk.node')

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The texts of files by the names they were asked for, or why they are none. */
function read(names, beside) {
  const texts = {}
  for (const name of names) {
    const place = beside === undefined ? name : path.join(path.dirname(beside), name)
    try {
      texts[name] = strict.decode(fs.readFileSync(place))
    } catch (error) {
      texts[name] = { error: error instanceof TypeError ? 'UTF-8' : error.code }
    }
  }
  return texts
}

/** Whether a file could be written. */
function write({ path, text, bytes }) {
  try {
    fs.writeFileSync(path, text ?? Uint8Array.from(bytes))
    return true
  } catch {
    return false
  }
}

/** Reads lines of standard input, one at each call; null at its end. */
function reader() {
  const typed = process.stdin.isTTY
  let lines
  return async () => {
    lines ??= readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]()
    if (typed) process.stdout.write('\n> ')
    const { value = null } = await lines.next()
    if (!typed && value?.trim()) process.stdout.write(`> ${value.trim()}\n`)
    return value
  }
}

async function main(words) {
  const [console, line] = [new Console(words, Date.now()), reader()]
  let told = null
  for (;;) {
    const asked = JSON.parse(console.tell(JSON.stringify(told)))
    process.stdout.write(asked.print ?? '')
    if (asked.exit !== undefined) {
      process.exitCode = asked.exit
      process.stdin.unref?.()
      return
    }
    told = asked.read ? read(asked.read, asked.beside) : asked.write ? write(asked.write) : await line()
  }
}

process.stdout.on('error', () => process.exit(2)) // nobody takes what is printed: a full disk, a closed pipe
main(process.argv.slice(2))
