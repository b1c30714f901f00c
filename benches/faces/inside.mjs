// Prints what the step with ten effects takes the core as WebAssembly in Node, with nothing around it: node inside.mjs MODULE

import fs from 'node:fs'
import { quickest } from './measure.mjs'

const { instance } = await WebAssembly.instantiate(fs.readFileSync(process.argv[2]))
let n = 0
const took = quickest((count) => {
  const start = performance.now()
  const effects = instance.exports.steps(n + 1, count)
  const took = performance.now() - start
  n += count
  if (effects !== count * 10) throw new Error('not ten effects')
  return took
})
console.log(took.toFixed(2))
