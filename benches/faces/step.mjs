// Prints what the step with ten effects takes in Node: node step.mjs PACKAGE DEFINITION

import fs from 'node:fs'
import { pathToFileURL } from 'node:url'
import { measure } from './measure.mjs'

const [entry, definition] = process.argv.slice(2)
const { default: face } = await import(pathToFileURL(entry))
console.log(measure(face.Bot, fs.readFileSync(definition, 'utf8')).toFixed(2))
