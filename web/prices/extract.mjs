// Prints what every source says of a model, ours first: the start of every change to a price.
//
//   node web/prices/extract.mjs gpt-6-sol [--at 2026-11-23]
//
// A name matches where it is part of a source's name ("sonnet-5" shows every Sonnet 5). The others are
// the lists of pricing-data/imported.
import { cardAt, holdsAt, readBook, readImported } from './book.mjs';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { at: { type: 'string', default: new Date().toISOString() } },
});
const [wanted] = positionals;
if (!wanted) {
  console.error('usage: node web/prices/extract.mjs MODEL [--at INSTANT]');
  process.exit(2);
}
const at = Date.parse(values.at);
const isWanted = (name) => name.includes(wanted.toLowerCase());
const showRates = (rates) => Object.entries(rates).map(([unit, rate]) => `${unit} ${rate}`).join(', ');

function print(name, card, note) {
  if (!card) return console.log(`  ${name}: no card holds`);
  console.log(`  ${name}: ${showRates(card.rates)}`);
  for (const { op, threshold, rates } of card.context_tiers ?? [])
    console.log(`    prompt ${op} ${threshold}: ${showRates(rates)}`);
  if (note) console.log(`    ${note}`);
}

console.log(`pricing-data at ${new Date(at).toISOString()}`);
for (const { provider, models } of readBook())
  for (const model of models.filter((each) => [each.model, ...(each.aliases ?? []).map((alias) => alias.value ?? alias)].some(isWanted))) {
    const card = cardAt(model, at);
    print(`${provider}/${model.model}`, card, card && `${card.id}, ${card.status}, source ${card.source}${card.note ? `. ${card.note}` : ''}`);
  }
for (const { package: name, version, data_of: day, providers } of readImported()) {
  console.log(`\n${name} ${version}, data of ${day}`);
  for (const [seller, { models }] of Object.entries(providers))
    for (const [model, { cards }] of Object.entries(models))
      if (isWanted(model)) print(`${seller}/${model}`, cards.find((card) => holdsAt(card, at)));
}
