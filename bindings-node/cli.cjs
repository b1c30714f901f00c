#!/usr/bin/env node
'use strict'
// npx frontdesk check|test|chat|bundle bot.yaml. Reads and writes files, prints and exits; what is printed comes from the core.

const fs = require('node:fs')
const path = require('node:path')
const readline = require('node:readline')
const { Console } = require('./frontdesk.node')

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a file, or undefined where there is none. */
function text(file) {
  try {
    return strict.decode(fs.readFileSync(file))
  } catch {
    return undefined
  }
}

/** What to print once the file that the run made is written. */
function saved(console, printed) {
  if (console.output === null) return printed
  try {
    fs.writeFileSync(console.output, console.bytes)
    return printed
  } catch {
    return console.unwritten(console.output)
  }
}

/** Hands lines of standard input to the chat until either ends. */
async function chat(console) {
  const typed = process.stdin.isTTY
  const prompt = () => typed && process.stdout.write('\n> ')
  prompt()
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (!typed && line.trim()) process.stdout.write(`> ${line.trim()}\n`)
    const shown = console.line(line)
    if (shown === null) return
    process.stdout.write(shown)
    prompt()
  }
}

async function main(arguments_) {
  const console = new Console(arguments_)
  const definition = console.path === null ? undefined : text(console.path)
  const files = {}
  for (const name of definition === undefined ? [] : console.files(definition)) {
    const table = text(path.join(path.dirname(console.path), name))
    if (table !== undefined) files[name] = table
  }
  const { text: shown, code } = JSON.parse(saved(console, console.run(definition, files, Date.now())))
  process.stdout.write(shown)
  if (code === null) await chat(console)
  process.exitCode = code ?? 0
}

main(process.argv.slice(2))
