// The harness of the JavaScript faces: node harness.mjs PACKAGE; JSON lines in, one JSON line out per case.

import path from 'node:path'
import readline from 'node:readline'
import { pathToFileURL } from 'node:url'
import { harness } from './answers.mjs'

const { default: face } = await import(pathToFileURL(path.resolve(process.argv[2])))
const answer = harness(face)
for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line.trim()) process.stdout.write(`${answer(line)}\n`)
}
