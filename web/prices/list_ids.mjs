// Writes the list that tests/core/book_test.cpp checks the price book against: every model of the
// six vendors in pi-ai, which leaves deprecated models out of its own catalogue.
//
//   node web/prices/list_ids.mjs FOLDER > tests/golden/pi-ai-1.5.2.ids.json
//
// FOLDER holds the unpacked packages (see extract.mjs).
import { readJson, root } from './book.mjs';
import { findPackages, providers, readPackage } from './packages.mjs';
import { join } from 'node:path';

const name = '@earendil-works/pi-ai';
const found = process.argv[2] && findPackages(process.argv[2]).get(name);
if (!found) {
  console.error(`usage: node web/prices/list_ids.mjs FOLDER, where FOLDER holds ${name} unpacked`);
  process.exit(2);
}
const lock = readJson(join(root, 'pricing-data/sources.lock.json')).packages[name];
if (lock.version !== found.version) {
  console.error(`${name} is ${found.version}, sources.lock.json pins ${lock.version}`);
  process.exit(1);
}
const rows = await readPackage(found);
const ids = (provider) =>
  [...new Set(rows.filter((row) => row.provider === provider).map((row) => row.model))].sort();
const list = {
  made_by: 'web/prices/list_ids.mjs',
  note: 'Models of six vendors that the package lists; it leaves out deprecated ones. Generated, never edited.',
  package: name,
  providers: Object.fromEntries(providers.map((provider) => [provider, ids(provider)])),
  version: found.version,
};
console.log(JSON.stringify(list, null, 2));
