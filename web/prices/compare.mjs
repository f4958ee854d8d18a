// Compares the price book with every pinned package at the date of the package's data, and fails on
// a difference that pricing-data/disagreements.json does not explain.
//
//   node web/prices/compare.mjs FOLDER
//
// FOLDER holds the unpacked packages (see extract.mjs). An explanation names the package, the models
// ("openai/*-pro": * is any text), the units or all, and the reason; "where_ours_is": "absent" narrows
// it to rates that we do not have. Models that we do not have are counted as unknown and do not fail:
// tests/core/book_test.cpp says which must be there.
import { cardAt, findModel, readBook, readJson, root } from './book.mjs';
import { findPackages, readPackage } from './packages.mjs';
import { join } from 'node:path';

const units = {
  input: ['input_tokens'],
  cacheRead: ['cache_read_tokens'],
  cacheWrite: ['cache_write_5m_tokens', 'cache_write_30m_tokens'],
  cacheWrite1h: ['cache_write_1h_tokens'],
  output: ['output_tokens'],
};

/** Whether any of our rates is the source's; its 0 may mean "unknown" or "no such rate". */
function agrees(theirs, ours) {
  const known = ours.filter((rate) => rate !== undefined && rate !== null);
  if (known.length === 0) return theirs === 0;
  return known.some((rate) => Math.abs(Number(rate) - theirs) <= 1e-9 * theirs);
}

/** Differences of one list of rates from several of ours, which hold at different hours. */
function differences(theirs, ours, where) {
  const rows = [];
  for (const [unit, names] of Object.entries(units)) {
    if (theirs[unit] === undefined) continue;
    const rates = ours.flatMap((list) => names.map((name) => list[name]));
    if (unit === 'cacheWrite' && rates.every((rate) => rate === undefined)) continue;
    const shown = rates.filter((rate) => rate !== undefined).join(' or ') || 'absent';
    if (!agrees(theirs[unit], rates)) rows.push({ where, unit, theirs: theirs[unit], ours: shown });
  }
  return rows;
}

function compareRow(row, card) {
  const ours = [card.rates, ...(card.windows ?? []).map((window) => window.rates)];
  const rows = differences(row.rates, ours, 'base');
  for (const tier of row.tiers) {
    const same = (card.context_tiers ?? []).find((t) => Math.abs(t.threshold - tier.above) <= 1);
    if (same) rows.push(...differences(tier.rates, [same.rates], `above ${tier.above}`));
    else rows.push({ where: `above ${tier.above}`, unit: 'tier', theirs: 'tier', ours: 'absent' });
  }
  return rows;
}

/** The rows of a package that hold at the instant: of several dated ones, the latest. */
function rowsAt(rows, at) {
  const startOf = (row) => Date.parse(/"start_date":"([^"]+)"/.exec(row.when ?? '')?.[1] ?? '0001-01-01');
  const keyOf = (row) => `${row.provider}/${row.model} ${row.kind ?? ''}`;
  const latest = new Map();
  for (const row of rows) {
    if (row.when?.includes('start_time') || startOf(row) > at) continue;
    const best = latest.get(keyOf(row));
    if (!best || startOf(best) <= startOf(row)) latest.set(keyOf(row), row);
  }
  return [...latest.values()];
}

function matches(pattern, name) {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

const explains = (explanation, source, name, { unit, ours }) =>
  explanation.package === source &&
  explanation.models.some((pattern) => matches(pattern, name)) &&
  (explanation.units ?? [unit]).includes(unit) &&
  (explanation.where_ours_is ?? ours) === ours;

async function compare(found, day, documents, explanations) {
  const at = Date.parse(day);
  const models = documents.flatMap((d) => d.models.map((m) => ({ provider: d.provider, model: m.model })));
  const counts = { rows: 0, unknown: 0, explained: 0, unexplained: 0 };
  for (const row of rowsAt(await readPackage(found, models), at)) {
    const document = documents.find((d) => d.provider === row.provider);
    const model = findModel(document, row.model, at);
    const card = model && cardAt(model, at);
    counts.rows += 1;
    if (!card) {
      counts.unknown += 1;
      continue;
    }
    const name = `${row.provider}/${row.model}`;
    for (const difference of compareRow(row, card)) {
      const { where, unit, theirs, ours } = difference;
      const reason = explanations.find((each) => explains(each, found.name, name, difference));
      counts[reason ? 'explained' : 'unexplained'] += 1;
      if (reason) reason.used = true;
      else console.log(`  ${name} ${where} ${unit}: ${theirs}, ours ${ours}`);
    }
  }
  console.log(`${found.name} ${found.version}, data of ${day}:`, JSON.stringify(counts));
  return counts.unexplained;
}

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node web/prices/compare.mjs FOLDER');
  process.exit(2);
}
const packages = findPackages(folder);
const lock = readJson(join(root, 'pricing-data/sources.lock.json')).packages;
const { explanations } = readJson(join(root, 'pricing-data/disagreements.json'));
const documents = readBook();
let unexplained = 0;
for (const [name, { version, data_of: day }] of Object.entries(lock)) {
  const found = packages.get(name);
  if (found?.version !== version) {
    console.error(`${folder} has no ${name} ${version}`);
    process.exit(2);
  }
  unexplained += await compare(found, day, documents, explanations);
}
for (const { package: name, models, used } of explanations)
  if (!used) console.log(`no longer needed: ${name} ${models.join(', ')}`);
process.exit(unexplained === 0 ? 0 : 1);
