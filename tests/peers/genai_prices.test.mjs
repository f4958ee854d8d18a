// The price engine against pydantic/genai-prices: with the peer's own book loaded, every usage of its
// set of real response bodies costs what the peer says, as decimals. What differs is listed in
// exceptions.json, one by one, with the reason.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { describe } from 'node:test';
import { bookOf, disjointUsage, sellerId } from './genai_book.mjs';
import { decimal, scaled, sum } from './money.mjs';

const root = join(import.meta.dirname, '../..');
const cli = process.env.TOKENLEVER_CLI ?? join(root, 'build/tokenlever');
const shared = process.env.TOKENLEVER_SHARED ?? join(root, '../shared');
const folder = join(shared, 'peer-data/genai-prices');
const lack = (!existsSync(join(folder, 'usages.json')) && 'no shared material (../shared/peer-data)') ||
  (!existsSync(cli) && 'the command line is not built');

// The set states no instant. Its prices are those of the peer's list before the cut of 2026-07-30, outside
// DeepSeek's former nights (16:30 to 00:30 UTC).
const kAt = '2026-07-01T12:00:00Z';
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Each price that the peer states: one row per body, usage, seller and flavour of its API. */
function rowsOf(bodies) {
  return bodies.flatMap(({ body, model, extracted }, index) => extracted.flatMap(({ usage, extractors }) =>
    extractors.filter((each) => 'input_price' in each || 'output_price' in each).map((each) => ({
      id: `${index} ${each.provider_id}/${each.api_flavor} ${model}`, seller: each.provider_id, flavor: each.api_flavor,
      model, body, usage, input: each.input_price, output: each.output_price,
    }))));
}

/** Answers of the engine with a book of the caller's, in one call. */
function price(book, requests) {
  const temporary = mkdtempSync(join(tmpdir(), 'tokenlever-peers-'));
  try {
    const path = join(temporary, 'book.json');
    writeFileSync(path, JSON.stringify(book));
    const run = spawnSync(cli, ['price', '--json', '--book', path], { input: JSON.stringify(requests), encoding: 'utf8', maxBuffer: 1 << 30 });
    assert.equal(run.status, 0, run.stderr);
    return JSON.parse(run.stdout);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

const isInput = (unit) => unit.startsWith('input_') || unit.startsWith('cache_');
const isOutput = (unit) => unit.startsWith('output_') || ['reasoning_tokens', 'citation_tokens'].includes(unit);
const costOf = ({ lines }, isWanted) => sum(lines.filter(({ unit }) => isWanted(unit)).map(({ cost }) => cost));

/** What differs between a row and our answer, as text; nothing if they are equal. */
function difference(row, answer) {
  if (answer.error) return `an error: ${answer.error.message}`;
  if (!answer.card) return 'no model of this name';
  if (!answer.complete) return `unpriced: ${answer.unpriced.map(({ unit, reason }) => `${unit} ${reason}`).join(', ')}`;
  if (answer.interval) return `an interval: ${answer.interval.reasons.join(', ')}`;
  const ours = [costOf(answer, isInput), costOf(answer, isOutput)];
  const theirs = [scaled(row.input), scaled(row.output)];
  if (ours[0] === theirs[0] && ours[1] === theirs[1]) return undefined;
  return `input ${decimal(ours[0])}, theirs ${row.input}; output ${decimal(ours[1])}, theirs ${row.output}`;
}

describe('genai-prices', { skip: lack }, () => {
  const exceptions = readJson(join(import.meta.dirname, 'exceptions.json')).exceptions;
  let rows, answers;

  test.before(() => {
    rows = rowsOf(readJson(join(folder, 'usages.json')));
    const names = new Map();
    for (const { seller, model } of rows) names.set(seller, (names.get(seller) ?? new Set()).add(model));
    const requests = rows.map(({ seller, model, usage }) => ({ provider: sellerId(seller), model, at: kAt, usage: disjointUsage(usage) }));
    answers = price(bookOf(readJson(join(folder, 'data.json')), names), requests);
  });

  test('every body that the peer prices costs the same, as decimals', (context) => {
    assert.ok(rows.length >= 2000, `only ${rows.length} priced rows`);
    const differing = rows.flatMap((row, index) => {
      const what = difference(row, answers[index]);
      return what ? [{ ...row, what }] : [];
    });
    const explains = (each) => ({ seller, model, what, input, output }) => each.seller === seller && each.model === model &&
      each.difference === what && each.theirs === input && each.theirs === output;
    const left = differing.filter((row) => !exceptions.some((each) => explains(each)(row)));
    const idle = exceptions.filter((each) => !differing.some(explains(each)));
    context.diagnostic(`${rows.length} priced rows: ${rows.length - differing.length} equal, ${differing.length - left.length} exceptions`);
    assert.deepEqual(left.map(({ id, what }) => `${id}: ${what}`), []);
    assert.deepEqual(idle.map(({ seller, model }) => `no longer needed: ${seller} ${model}`), []);
  });

  test('every usage splits into classes that add up to the whole', () => {
    const total = (usage, isWanted) => Object.entries(usage).reduce((all, [unit, count]) => all + (isWanted(unit) ? count : 0), 0);
    for (const { id, usage } of rows) {
      const split = disjointUsage(usage);
      assert.equal(total(split, isInput), usage.input_tokens ?? 0, id);
      assert.equal(total(split, (unit) => isOutput(unit) && unit !== 'reasoning_tokens'), usage.output_tokens ?? 0, id);
    }
  });
});
