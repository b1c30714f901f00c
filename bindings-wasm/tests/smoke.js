'use strict'
// One dialog through the WebAssembly module: FRONTDESK_WEB=folder node --test bindings-wasm/tests/smoke.js,
// the folder made by `wasm-bindgen --target nodejs`.

const assert = require('node:assert')
const path = require('node:path')
const { test } = require('node:test')
const { talk, refuse } = require('../../tests/faces/dialog.js')
const { replay } = require('../../tests/faces/replay.js')
const { Bot } = require(path.resolve(process.env.FRONTDESK_WEB, 'frontdesk_web.js'))

test('a phone becomes a lead', () => talk(Bot, assert))
test('a refusal carries code and path', () => refuse(Bot, assert))
test('scores are those of the core, to the integer', () => replay(Bot, assert, 'scores.jsonl'))
