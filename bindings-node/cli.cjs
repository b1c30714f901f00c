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
      texts[name] = why(error)
    }
  }
  return texts
}

/** Why a file is no text that can be read. */
function why(error) {
  return { error: error instanceof TypeError ? 'UTF-8' : error.code }
}

/** A log that is read in parts. */
class Log {
  #file
  #rest

  /** The next lines, whole ones, or the first; null at the end; or why they are none. */
  part({ path, bytes, first }) {
    try {
      if (first) [this.#file, this.#rest] = [fs.openSync(path, 'r'), Buffer.alloc(0)]
      const pieces = [this.#rest]
      for (;;) {
        const piece = Buffer.allocUnsafe(bytes)
        const read = piece.subarray(0, fs.readSync(this.#file, piece))
        const whole = read.length === 0 ? 0 : read.lastIndexOf(10) + 1
        pieces.push(whole > 0 ? read.subarray(0, whole) : read)
        if (whole === 0 && read.length > 0) continue
        this.#rest = read.subarray(whole)
        const text = strict.decode(Buffer.concat(pieces))
        return text === '' ? null : text
      }
    } catch (error) {
      return why(error)
    }
  }
}

/** Whether something could be done with files. */
function could(act) {
  try {
    act()
    return true
  } catch {
    return false
  }
}

/** Writes a file, or something behind what it holds. */
function write({ path, text, bytes, behind }) {
  fs.writeFileSync(path, text ?? Uint8Array.from(bytes), { flag: behind ? 'a' : 'w' })
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
  const [console, log, line] = [new Console(words, Date.now()), new Log(), reader()]
  let told = null
  for (;;) {
    const asked = JSON.parse(console.tell(JSON.stringify(told)))
    process.stdout.write(asked.print ?? '')
    if (asked.exit !== undefined) {
      process.exitCode = asked.exit
      process.stdin.unref?.()
      return
    }
    if (asked.read) told = read(asked.read, asked.beside)
    else if (asked.write) told = could(() => write(asked.write))
    else if (asked.move) told = could(() => fs.renameSync(asked.move.from, asked.move.to))
    else if (asked.lines) told = log.part(asked.lines)
    else told = await line()
  }
}

process.stdout.on('error', () => process.exit(2)) // nobody takes what is printed: a full disk, a closed pipe
main(process.argv.slice(2))
