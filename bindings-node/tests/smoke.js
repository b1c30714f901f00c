'use strict'
// One dialog through the addon: `node --test bindings-node/tests/smoke.js` once frontdesk.node is built.

const assert = require('node:assert')
const { test } = require('node:test')
const { talk, refuse } = require('../../tests/faces/dialog.js')
const { Bot } = require('..')

test('a phone becomes a lead', () => talk(Bot, assert))
test('a refusal carries code and path', () => refuse(Bot, assert))
