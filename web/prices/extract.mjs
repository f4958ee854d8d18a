// Prints what every source says of a model, ours first: the start of every change to a price.
//
//   node web/prices/extract.mjs gpt-6-sol --packages FOLDER [--at 2026-11-23]
//
// FOLDER holds the packages of pricing-data/sources.lock.json unpacked, one folder each. A name
// matches where it is part of a source's name ("sonnet-5" shows every Sonnet 5).
import { readBook, cardAt } from './book.mjs';
import { findPackages, readPackage } from './packages.mjs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { packages: { type: 'string' }, at: { type: 'string', default: new Date().toISOString() } },
});
const [wanted] = positionals;
if (!wanted || !values.packages) {
  console.error('usage: node web/prices/extract.mjs MODEL --packages FOLDER [--at INSTANT]');
  process.exit(2);
}
const at = Date.parse(values.at);

const ours = readBook().flatMap((document) =>
  document.models
    .filter((model) => isWanted(model.model) || (model.aliases ?? []).some((a) => isWanted(a.value)))
    .map((model) => ({ provider: document.provider, model: model.model, card: cardAt(model, at) })),
);

function isWanted(name) {
  return name.includes(wanted.toLowerCase());
}

const showRates = (rates) =>
  Object.entries(rates)
    .map(([unit, rate]) => `${unit} ${rate}`)
    .join(', ');

function print({ provider, model, when, note }, rates, tiers) {
  console.log(`  ${provider}/${model}: ${showRates(rates)}${when ? `  when ${when}` : ''}`);
  for (const [operator, threshold, tierRates] of tiers)
    console.log(`    prompt ${operator} ${threshold}: ${showRates(tierRates)}`);
  if (note) console.log(`    ${note}`);
}

console.log(`pricing-data at ${new Date(at).toISOString()}`);
for (const { provider, model, card } of ours) {
  if (!card) {
    console.log(`  ${provider}/${model}: no card holds`);
    continue;
  }
  const note = `${card.id}, ${card.status}, source ${card.source}${card.note ? `. ${card.note}` : ''}`;
  const tiers = (card.context_tiers ?? []).map((tier) => [tier.op, tier.threshold, tier.rates]);
  print({ provider, model, note }, card.rates, tiers);
}
for (const found of findPackages(values.packages).values()) {
  console.log(`\n${found.name} ${found.version}`);
  try {
    for (const row of await readPackage(found, ours)) {
      if (isWanted(row.model)) print(row, row.rates, row.tiers.map((t) => ['>', t.above, t.rates]));
    }
  } catch (error) {
    console.log(`  cannot be read: ${error.message}`);
  }
}
