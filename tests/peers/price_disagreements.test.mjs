// The curated price book against the prices that packages publish, LiteLLM's among them: every difference
// has a class and a reason, and the page of docs/ shows exactly these.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { classes, compareAll, page, pageOf } from '../../web/prices/compare.mjs';

const results = compareAll();
const litellm = results.find(({ imported }) => imported.package === 'llm-prices');

test('LiteLLM\'s prices of the makers\' own models are compared, most of them with a curated price', () => {
  assert.ok(litellm.models >= 300, `${litellm.models} models`);
  assert.ok(litellm.known >= 200, `${litellm.known} curated`);
  assert.ok(litellm.agree >= 0.7 * litellm.known, `${litellm.agree} agree`);
});

test('every difference has a class and a reason', () => {
  const open = results.flatMap(({ rows }) => rows.filter((row) => !row.reason || !Object.hasOwn(classes, row.class)));
  assert.deepEqual(open.map(({ source, name, where, unit, theirs, ours }) =>
    `${source} ${name} ${where} ${unit}: ${theirs}, ours ${ours}; write class and reason into pricing-data/disagreements.json`), []);
});

test('the page shows these differences (node web/prices/compare.mjs --write)', () => {
  assert.equal(readFileSync(page, 'utf8'), pageOf(results));
});
