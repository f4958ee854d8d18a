// Prints the size of every file of the site, as it is and in brotli (quality 11), and exits 1 if the
// first view or the price book is over its budget. dist/first-view.json, {"files": [...], "book": ...},
// says which files the first view loads, and which is the price book; without it all files are first
// view.
//
//   node web/sizes.mjs dist
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const budgets = { firstView: 350_000, book: 120_000 };

const folder = process.argv[2] ?? 'dist';
const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
  .sort();
const list = join(folder, 'first-view.json');
const { files, book } = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : { files: paths };
const unknown = [...files, book].filter((path) => path && !paths.includes(path));

const column = (value) => String(value).padStart(10);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const totals = { firstView: 0, book: 0 };
console.log(`${column('bytes')}${column('brotli')}  file (* first view, b price book)`);
for (const path of paths) {
  const bytes = readFileSync(join(folder, path));
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
  const isFirstView = files.includes(path);
  if (isFirstView) totals.firstView += brotli;
  if (path === book) totals.book += brotli;
  console.log(`${column(bytes.length)}${column(brotli)}  ${isFirstView ? '*' : path === book ? 'b' : ' '} ${path}`);
}
console.log(`first view without the price book: ${kilobytes(totals.firstView)} in brotli, budget ${kilobytes(budgets.firstView)}`);
if (book)
  console.log(`price book: ${kilobytes(totals.book)} in brotli, budget ${kilobytes(budgets.book)}; the page shows its `
    + 'first answer as HTML and fetches the book beside the module');
if (unknown.length > 0) {
  console.error(`${list} names files that are not there: ${unknown.join(', ')}`);
  process.exitCode = 1;
}
for (const [what, name] of [['firstView', 'first view'], ['book', 'price book']]) {
  if (totals[what] <= budgets[what]) continue;
  console.error(`the ${name} is ${kilobytes(totals[what] - budgets[what])} over its budget`);
  process.exitCode = 1;
}
