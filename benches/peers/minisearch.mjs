// minisearch on the tables of `cargo bench -p benches --bench faq`: reads {"rows": [text], "messages": [text]} from
// standard input, writes build time in milliseconds, median and p99 of a search in microseconds, memory in bytes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(pathToFileURL(`${process.env.PEERS ?? process.cwd()}/`));
const loaded = await import(pathToFileURL(require.resolve("minisearch")));
const MiniSearch = loaded.default;
const { rows, messages } = JSON.parse(readFileSync(0, "utf8"));
const documents = rows.map((text, id) => ({ id, text }));
globalThis.gc?.();
const empty = process.memoryUsage().heapUsed;
const start = performance.now();
const index = new MiniSearch({ fields: ["text"], searchOptions: { fuzzy: 0.2, prefix: true } });
index.addAll(documents);
const build = performance.now() - start;
globalThis.gc?.();
const memory = process.memoryUsage().heapUsed - empty;

const times = Number(process.env.SEARCHES ?? 300);
const taken = Array.from({ length: times }, (_, n) => {
  const begin = performance.now();
  index.search(messages[n % messages.length]);
  return (performance.now() - begin) * 1000;
}).sort((a, b) => a - b);
const [median, p99] = [0.5, 0.99].map((share) => taken[Math.floor(times * share)]);
console.log(JSON.stringify({ build, median, p99, memory }));
