// Prints the size of every file of the site, as it is and in brotli (quality 11), and exits 1 if the
// first view is over its budget. dist/first-view.json, a list of paths, says which files the first
// view loads; without it all of them count.
//
//   node web/sizes.mjs dist
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const budget = 350_000;

const folder = process.argv[2] ?? 'dist';
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
  .sort();
const list = join(folder, 'first-view.json');
const firstView = existsSync(list) ? new Set(JSON.parse(readFileSync(list, 'utf8'))) : new Set(paths);
const unknown = [...firstView].filter((path) => !paths.includes(path));

const column = (value) => String(value).padStart(10);
let total = 0;
console.log(`${column('bytes')}${column('brotli')}  file (* first view)`);
for (const path of paths) {
  const bytes = readFileSync(join(folder, path));
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
  if (firstView.has(path)) total += brotli;
  console.log(`${column(bytes.length)}${column(brotli)}  ${firstView.has(path) ? '*' : ' '} ${path}`);
}
console.log(`first view ${(total / 1000).toFixed(1)} kB in brotli, budget ${budget / 1000} kB`);
if (unknown.length > 0) {
  console.error(`${list} names files that are not there: ${unknown.join(', ')}`);
  process.exitCode = 1;
}
if (total > budget) {
  console.error(`the first view is ${((total - budget) / 1000).toFixed(1)} kB over its budget`);
  process.exitCode = 1;
}
