// The gate of the price data: npm run prices:check [-- FOLDER]
//
// Checks pricing-data, or a folder like it, and prints what is wrong as "file: path: reason", one a
// line; exits 1 if anything is. The engine's own reader is the judge of what a document may say; the
// rest is what only the whole of the data can show. Needs no package and no connection: the imported
// lists are the other side of the comparison.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { holdsAt, multiplied, root } from './book.mjs';
import { findDisagreements } from './disagreements.mjs';
import { checkBoundaries } from './boundaries.mjs';
import { checkSanity } from './sanity.mjs';

const kOldAfterDays = 45;

const { values, positionals: [folder = join(root, 'pricing-data')] } = parseArgs({ allowPositionals: true,
  options: { cli: { type: 'string', default: process.env.TOKENLEVER_CLI ?? join(root, 'build/tokenlever') } } });

const problems = [];
const report = (file, path, reason) => problems.push(`${relative(process.cwd(), file)}: ${path || '/'}: ${reason}`);

// ---- the documents, each by itself ------------------------------------------------------------

function readFolder(name) {
  const path = join(folder, name);
  return !existsSync(path) ? [] : readdirSync(path).filter((each) => each.endsWith('.json')).sort().map((each) => join(path, each));
}

// The reader's verdict on one file, as the book it would add to.
function isReadable(file) {
  const { status, stderr } = spawnSync(values.cli, ['models', '--book', file, '--match', '\u0001', '--json'], { encoding: 'utf8' });
  if (status === 0) return true;
  const { message, where, code } = JSON.parse(stderr).error;
  const path = where.replace(`${file}, `, '').replace(/^price document \d+ ?/, '');
  report(file, path, message.slice(message.indexOf(where) + (message.startsWith(where) ? where.length + 2 : 0)) || code);
  return false;
}

// ---- the whole ----------------------------------------------------------------------------------

// Every request answered by the engine with the folder's own book.
function makeAsk(work, documents) {
  const book = join(work, 'book.json');
  const { version, date } = JSON.parse(readFileSync(join(folder, 'book.json'), 'utf8'));
  writeFileSync(book, JSON.stringify({ schema: 'tokenlever.book/1', version, date, documents }));
  return (requests) => JSON.parse(execFileSync(values.cli, ['price', '-', '--book', book, '--json'],
    { input: JSON.stringify(requests), encoding: 'utf8', maxBuffer: 1 << 30 }));
}

// Which of our models the engine takes a seller's name for. A name that says a speed or tier is
// compared with nothing: the package's row is that of the speed or tier.
function makeFindOurs(ask, imported, providers) {
  const names = imported.flatMap((document) => Object.entries(document.providers).flatMap(([provider, { models }]) =>
    Object.keys(models).map((model) => ({ provider, model, at: document.data_of, usage: { input_tokens: 1 } }))));
  const answers = ask(names);
  const found = new Map();
  names.forEach(({ provider, model, at }, index) => {
    const { card, lines } = answers[index];
    if (!card || card.status === 'imported') return;
    const document = providers.find((each) => each.provider === card.provider);
    const ours = document?.models.find((each) => each.model === card.model);
    const isNamed = ours && [ours.model, ...(ours.aliases ?? []).map((alias) => alias.value ?? alias)].includes(model);
    if (!ours || (!isNamed && /-fast$|:free$|[-:]thinking$/.test(model))) return;
    // By what the engine multiplied for a region in the name.
    found.set(`${provider} ${model} ${at}`, multiplied(document, ours, ({ name }) => lines[0]?.multipliers.includes(name)));
  });
  return (provider, model, at) => found.get(`${provider} ${model} ${at}`);
}

function checkDisagreements(ask, imported, providers, explanations) {
  const file = join(folder, 'disagreements.json');
  const rows = findDisagreements(imported, makeFindOurs(ask, imported, providers), explanations);
  for (const { source, name, where, unit, theirs, ours, reason } of rows)
    if (!reason) report(file, name, `${source} has ${theirs} for ${unit} (${where}), ours is ${ours}; correct it or explain it here`);
  for (const [index, { package: source, models, used }] of explanations.entries())
    if (!used) console.log(`no longer needed: ${basename(file)} /explanations/${index}: ${source} ${models.join(', ')}`);
  console.log(`${rows.length} disagreements with the imported lists, ${rows.filter(({ reason }) => reason).length} explained`);
}

// How old the reading of each price that holds today is.
function reportAges(providers, date) {
  const today = Date.parse(date);
  for (const { provider, models, sources } of providers) {
    const ages = models.flatMap((model) => model.cards).filter((card) => card.status !== 'retracted' && holdsAt(card, today))
      .map((card) => (today - Date.parse(sources[card.source].read_at)) / 86_400_000);
    const old = ages.filter((age) => age > kOldAfterDays).length;
    console.log(`${provider}: ${ages.length} prices, the oldest read ${Math.max(...ages)} days before ${date}${
      old ? `, ${old} older than ${kOldAfterDays} days` : ''}`);
  }
}

function checkWhole(work, byFile) {
  const all = [...byFile.values()];
  const providers = all.filter(({ schema }) => schema === 'tokenlever.provider/1');
  const imported = all.filter(({ schema }) => schema === 'tokenlever.imported/1').sort((a, b) => a.rank - b.rank);
  const ask = makeAsk(work, all);
  const { explanations, leaps = [] } = JSON.parse(readFileSync(join(folder, 'disagreements.json'), 'utf8'));
  const isExplained = (provider) => (card) => leaps.some(({ cards }) => cards.includes(`${provider}/${card}`));
  for (const [file, document] of byFile)
    if (document.schema === 'tokenlever.provider/1') {
      checkSanity(document, isExplained(document.provider), (path, reason) => report(file, path, reason));
      checkBoundaries(document, all, ask, (path, reason) => report(file, path, reason));
    }
  if (imported.length > 0) checkDisagreements(ask, imported, providers, explanations);
  reportAges(providers, JSON.parse(readFileSync(join(folder, 'book.json'), 'utf8')).date);
}

if (!existsSync(values.cli)) {
  console.error(`no command line at ${values.cli}: run ./dev build first`);
  process.exit(2);
}
const work = mkdtempSync(join(tmpdir(), 'tokenlever-check-'));
try {
  const files = ['providers', 'calendars', 'capacity', 'imported'].flatMap(readFolder);
  const sound = files.filter(isReadable);
  if (sound.length === files.length)
    checkWhole(work, new Map(files.map((file) => [file, JSON.parse(readFileSync(file, 'utf8'))])));
} finally {
  rmSync(work, { recursive: true, force: true });
}
for (const problem of problems) console.log(problem);
console.log(problems.length === 0 ? 'prices: sound' : `prices: ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
