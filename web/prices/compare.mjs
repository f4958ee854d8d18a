// Writes docs/price-disagreements.md: where the curated price book and the prices that packages publish
// differ, who is right, and why.
//
//   node web/prices/compare.mjs          prints what differs without a reason, and the counts
//   node web/prices/compare.mjs --write  writes the page as well
//
// Both sides lie in the repository: pricing-data/imported is what `npm run prices:refresh` took over from
// the pinned packages, each compared on the day of its data. Reasons stand in pricing-data/disagreements.json.
import { realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cardAt, findModel, readBook, readImported, readJson, root } from './book.mjs';
import { findDisagreements } from './disagreements.mjs';

/** What may be the matter with a difference, as disagreements.json names it and as the page says it. */
export const classes = {
  ours_newer: 'Ours is newer',
  theirs_newer: 'Theirs is newer',
  vendor_ambiguous: 'The vendor is ambiguous',
  theirs_wrong: 'Theirs is wrong',
};

export const page = join(root, 'docs/price-disagreements.md');

// ---- comparing ------------------------------------------------------------------------------------

const curated = (book) => (seller, model, day) => {
  const document = book.find((each) => each.provider === seller);
  return document && findModel(document, model, Date.parse(day));
};

// What agreed on the day of their data and differs from our price of today.
function changedSince(imported, findOurs, today) {
  const later = { ...imported, data_of: today };
  const isMoved = ({ name }) => {
    const [, seller, model] = /^([^/]*)\/(.*)$/.exec(name);
    const ours = findOurs(seller, model, imported.data_of);
    return ours && cardAt(ours, Date.parse(imported.data_of)) !== cardAt(ours, Date.parse(today));
  };
  return findDisagreements([later], (seller, model) => findOurs(seller, model, imported.data_of), [])
    .filter(isMoved).map((row) => ({ ...row, class: 'ours_newer', reason: `Changed after ${imported.data_of}.` }));
}

/** One imported document against the book: its rows, and how many of its models are curated and agree. */
function compareOne(imported, book, explanations, today) {
  const findOurs = curated(book);
  const names = Object.entries(imported.providers).flatMap(([seller, { models }]) =>
    Object.keys(models).map((model) => [seller, model]));
  const known = names.filter(([seller, model]) => {
    const ours = findOurs(seller, model, imported.data_of);
    return ours && cardAt(ours, Date.parse(imported.data_of));
  });
  const onTheDay = findDisagreements([imported], findOurs, explanations);
  const disputed = new Set(onTheDay.map(({ name }) => name));
  const since = changedSince(imported, findOurs, today).filter(({ name }) => !disputed.has(name));
  const rows = [...onTheDay, ...since];
  return { imported, rows, models: names.length, known: known.length,
    agree: known.length - new Set(rows.map(({ name }) => name)).size };
}

/** Every imported document, in the order of their rank. */
export function compareAll() {
  const { explanations } = readJson(join(root, 'pricing-data/disagreements.json'));
  const { date } = readJson(join(root, 'pricing-data/book.json'));
  const book = readBook();
  return readImported().map((imported) => compareOne(imported, book, explanations, date));
}

// ---- the page -------------------------------------------------------------------------------------

const units = { input: 'input', cacheRead: 'cache read', cacheWrite: 'cache write', cacheWrite1h: 'cache write 1h', output: 'output' };

function difference({ where, unit, theirs, ours }) {
  const place = where === 'base' ? '' : ` ${where}`;
  if (unit === 'boundary') return `the long price from ${theirs} tokens, ours from ${ours}`;
  return unit === 'tier' ? `a tier ${where}, ours ${ours}` : `${units[unit] ?? unit}${place} ${theirs}, ours ${ours}`;
}

// One line a model and reason.
function lines(rows) {
  const grouped = new Map();
  for (const row of rows) {
    const key = `${row.name} ${row.reason}`;
    grouped.set(key, { ...row, all: [...(grouped.get(key)?.all ?? []), difference(row)] });
  }
  return [...grouped.values()].map(({ name, all, reason }) => `| ${name} | ${all.join('<br>')} | ${reason} |`);
}

function section({ imported, rows, models, known, agree }) {
  const text = [`## ${imported.package} ${imported.version}, data of ${imported.data_of}`, ''];
  if (imported.package === 'llm-prices') text.push('The prices that LiteLLM publishes for the makers\' own lists, as this package carries them.', '');
  text.push(`Of ${models} models ${known} are curated here; ${agree} of them agree in every rate.`, '');
  for (const [id, title] of Object.entries(classes)) {
    const own = rows.filter((row) => row.class === id);
    if (own.length > 0) text.push(`### ${title}`, '', '| Model | Theirs, and ours | Why |', '|---|---|---|', ...lines(own), '');
  }
  return text.join('\n');
}

/** The whole page. LiteLLM's list comes first: it is the one that most tools take their prices from. */
export function pageOf(results) {
  const sorted = results.toSorted((a, b) => (b.imported.package === 'llm-prices') - (a.imported.package === 'llm-prices'));
  return `<!-- Written by: node web/prices/compare.mjs --write. Do not edit. -->
# Where published prices differ from this price book

The curated price book beside the packages that publish prices for language models. Each is compared on the day of its
data; rates are US dollars per million tokens. Nothing is averaged: every difference has a reason, which stands in
\`pricing-data/disagreements.json\`, and one of four classes: ours is newer, theirs is newer, the vendor's own words are
ambiguous, or theirs is wrong.

${sorted.map(section).join('\n')}`;
}

function main(isWriting) {
  const results = compareAll();
  const open = results.flatMap(({ rows }) => rows.filter((row) => !row.reason || !(row.class in classes)));
  for (const row of open) console.log(`  ${row.source} ${row.name}: ${difference(row)}${row.reason ? ', without a class' : ''}`);
  for (const { imported, rows, models, known, agree } of results) {
    const counts = Object.keys(classes).map((id) => `${rows.filter((row) => row.class === id).length} ${id}`);
    console.log(`${imported.package}: ${models} models, ${known} curated, ${agree} agree; differences: ${counts.join(', ')}`);
  }
  if (isWriting) writeFileSync(page, pageOf(results));
  return open.length === 0 ? 0 : 1;
}

if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename) process.exit(main(process.argv.includes('--write')));
