// Imports the pinned price packages and reports what has changed: npm run prices:refresh -- FOLDER
//
// FOLDER holds the packages as `npm pack` leaves them (*.tgz). Each is checked against name, version and
// SHA-512 of pricing-data/sources.lock.json and unpacked anew, so that what is read is what is pinned.
// Writes pricing-data/imported/ and nothing else; no curated card is ever edited here.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findModel, readBook, readImported, readJson, root } from './book.mjs';
import { findDisagreements } from './disagreements.mjs';
import { isMaker, nameOf, whyFalse } from './sellers.mjs';
import { readers } from './sources.mjs';

const imported = join(root, 'pricing-data/imported');

/** "@earendil-works/pi-ai" 1.5.2 -> "earendil-works-pi-ai@1.5.2.json" */
export const fileOf = (name, version) => `${name.replace('@', '').replaceAll('/', '-')}@${version}.json`;

// The tarballs of a folder by their SHA-512, as npm writes it.
function tarballs(folder) {
  const found = new Map();
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.tgz'))) {
    const path = join(folder, name);
    found.set(`sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`, path);
  }
  return found;
}

function unpack(tarball, into, name, version) {
  mkdirSync(into, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', into, '--strip-components=1']);
  const manifest = readJson(join(into, 'package.json'));
  if (manifest.name !== name || manifest.version !== version)
    throw new Error(`${tarball} is ${manifest.name} ${manifest.version}, the lock pins ${name} ${version}`);
}

// Names in lower case, as the book looks them up. Two entries of one name must say the same.
function byName(entries, leaveOut) {
  const rows = new Map();
  for (const { seller, model, ...row } of entries) {
    const reason = whyFalse(seller, model);
    if (reason) {
      leaveOut(`${seller}/${model}`, reason);
      continue;
    }
    const key = `${seller} ${model.toLowerCase()}`;
    const text = JSON.stringify(row);
    if (!rows.has(key)) rows.set(key, { seller, model: model.toLowerCase(), row, text });
    else if (rows.get(key).text !== text) rows.get(key).isTorn = true;
  }
  for (const [key, { isTorn, seller, model }] of rows) {
    if (!isTorn) continue;
    leaveOut(`${seller}/${model}`, 'listed twice with different prices');
    rows.delete(key);
  }
  return [...rows.values()].sort((a, b) => (a.seller + '/' + a.model < b.seller + '/' + b.model ? -1 : 1));
}

// One line a model, so that a change is one line of the difference.
function write(document, rows) {
  const lines = [];
  const sellers = [...new Set(rows.map(({ seller }) => seller))];
  for (const seller of sellers) {
    const models = rows.filter((each) => each.seller === seller)
      .map(({ model, row }) => `        ${JSON.stringify(model)}: ${JSON.stringify(row)}`);
    lines.push(`    ${JSON.stringify(seller)}: {\n      "name": ${JSON.stringify(nameOf(seller))},\n`
      + `      "is_maker": ${isMaker(seller)},\n      "models": {\n`
      + `${models.join(',\n')}\n      }\n    }`);
  }
  const head = Object.entries(document).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`).join('');
  return `{\n${head}  "providers": {\n${lines.join(',\n')}\n  }\n}\n`;
}

// What the new file changes against the old one of the same package.
function changes(before, after) {
  const flat = (document) => new Map(Object.entries(document?.providers ?? {}).flatMap(([seller, { models }]) =>
    Object.entries(models).map(([model, row]) => [`${seller}/${model}`, JSON.stringify(row.cards)])));
  const [old, now] = [flat(before), flat(after)];
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: [...now].filter(([name, cards]) => old.has(name) && old.get(name) !== cards)
      .map(([name, cards]) => `${name}: ${old.get(name)} -> ${cards}`),
  };
}

function report(title, list, most = 40) {
  if (list.length === 0) return;
  console.log(`  ${title}: ${list.length}`);
  for (const line of list.slice(0, most)) console.log(`    ${line}`);
  if (list.length > most) console.log(`    ... and ${list.length - most} more`);
}

// Where the lists and a provider file differ and nobody has said why: proposals for a person, who needs
// the vendor's words to act on one.
function proposals() {
  const book = readBook();
  const findOurs = (seller, model, day) => {
    const document = book.find(({ provider }) => provider === seller);
    return document && findModel(document, model, Date.parse(day));
  };
  const { explanations } = readJson(join(root, 'pricing-data/disagreements.json'));
  const sayings = new Map();
  for (const { source, name, where, unit, theirs, ours, reason } of findDisagreements(readImported(), findOurs, explanations)) {
    if (reason) continue;
    const key = `${name} ${unit} (${where}): ours is ${ours}`;
    sayings.set(key, [...(sayings.get(key) ?? []), `${theirs} in ${source}`]);
  }
  return [...sayings].map(([key, said]) => `${key}; ${said.join(', ')}; the vendor's words are needed`);
}

async function refresh(folder) {
  const lock = readJson(join(root, 'pricing-data/sources.lock.json')).packages;
  const found = tarballs(folder);
  const before = new Map(readImported().map((document) => [document.package, document]));
  const work = mkdtempSync(join(tmpdir(), 'tokenlever-prices-'));
  const makers = new Map();  // model -> the makers that list it, for the source that names no seller
  const files = new Map();
  try {
    const ranked = Object.entries(lock).sort(([, a], [, b]) => a.rank - b.rank);
    for (const [name, { version, integrity, license, data_of, read_at, rank }] of ranked) {
      const tarball = found.get(integrity);
      if (!tarball) throw new Error(`${folder} has no tarball with the SHA-512 of ${name} ${version}; run: npm pack ${name}@${version}`);
      if (license !== 'MIT') throw new Error(`${name} is ${license}: only MIT packages may be copied from`);
      const into = join(work, String(rank));
      unpack(tarball, into, name, version);
      const leftOut = new Map();
      const leaveOut = (entry, reason) => leftOut.set(reason, [...(leftOut.get(reason) ?? []), entry]);
      const rows = byName(await readers[name](into, leaveOut, makers), leaveOut);
      for (const { seller, model } of rows)
        if (isMaker(seller)) makers.set(model, [...new Set([...(makers.get(model) ?? []), seller])]);
      const text = write({ generated_by: 'npm run prices:refresh; never edited', schema: 'tokenlever.imported/1',
        package: name, version, license, data_of, read_at, rank }, rows);
      files.set(fileOf(name, version), text);
      console.log(`${name} ${version}, data of ${data_of}: ${rows.length} models of ${new Set(rows.map((each) => each.seller)).size} sellers`);
      const { added, removed, changed } = changes(before.get(name), JSON.parse(text));
      report('new', added);
      report('gone', removed);
      report('changed', changed);
      for (const [reason, list] of leftOut) report(`left out, ${reason}`, list, 5);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  rmSync(imported, { recursive: true, force: true });
  mkdirSync(imported);
  for (const [file, text] of files) writeFileSync(join(imported, file), text);
  console.log('provider files');
  report('disagreements that nobody has explained', proposals());
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: npm run prices:refresh -- FOLDER, where FOLDER holds the tarballs of npm pack');
  process.exit(2);
}
await refresh(folder);
