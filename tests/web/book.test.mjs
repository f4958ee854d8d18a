// The price book is a file beside the module: what the engine says without it, and what a person sees
// when it cannot be had.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { describe } from 'node:test';
import { pathToFileURL } from 'node:url';
import { siteBook } from '../../web/prices/book.mjs';
import { serve } from '../../web/serve.mjs';
import { kDist, kRoot, launch, missingBrowser, missingSite } from './support.mjs';

const kFolders = [process.env.TOKENLEVER_WASM, join(kRoot, 'build/wasm/wasm')];
const folder = kFolders.find((each) => each && existsSync(join(each, 'engine.js')));

describe('a module without its price book', { skip: !folder && 'no engine.js (./dev build)' }, () => {
  let engine;
  test.beforeEach(async () => {
    const { default: createEngine } = await import(pathToFileURL(join(folder, 'engine.js')).href);
    engine = await createEngine({ wasmBinary: await readFile(join(folder, 'engine.wasm')) });
  });
  const codeOf = (text) => JSON.parse(text).error.code;

  test('says so instead of knowing no model', () => {
    assert.equal(codeOf(engine.price('{"model":"gpt-4o","usage":{"input_tokens":1}}')), 'no_price_book');
    assert.equal(codeOf(engine.models('{}')), 'no_price_book');
    assert.equal(codeOf(engine.evaluate('{}', false, 0, 1)), 'no_price_book');
    const session = new engine.ImportSession('{}');
    assert.match(session.error(), /no price book/);
    session.delete();
  });

  test('refuses a broken book with the place, and takes a good one after it', () => {
    assert.equal(codeOf(engine.loadBook(siteBook().slice(0, 1000))), 'truncated_json');
    const broken = JSON.parse(siteBook());
    broken.documents[0].models[0].cards[0].rates = { input_tokens: 3 };
    assert.equal(JSON.parse(engine.loadBook(JSON.stringify(broken))).error.where,
      '/documents/0/models/0/cards/0/rates/input_tokens');
    assert.equal(engine.loadBook(new TextEncoder().encode(siteBook())), '');
    assert.equal(JSON.parse(engine.price('{"model":"openai/gpt-4o","usage":{"input_tokens":1000000}}')).list_cost, '2.5');
  });

  test('says of what is imported that nobody has checked it, and which package has it', () => {
    assert.equal(engine.loadBook(siteBook()), '');
    const { models } = JSON.parse(engine.models('{"provider":"openrouter"}'));
    assert.ok(models.length > 300, `${models.length} models of OpenRouter`);
    const imported = models.filter(({ card }) => card.status === 'imported');
    assert.ok(imported.length > 300);
    for (const { model, curated, card } of imported.slice(0, 20)) {
      const request = { provider: 'openrouter', model, usage: { input_tokens: 1000 } };
      const { card: billed, list_cost: cost } = JSON.parse(engine.price(JSON.stringify(request)));
      assert.notEqual(cost, null, model);
      for (const each of [card, billed]) {
        assert.deepEqual([each.status, each.curated, curated], ['imported', false, false], model);
        assert.match(each.source.package, /pi-ai|genai-prices|llm-prices|llm-pricing/);
        assert.match(each.source.version, /^\d+\.\d+\.\d+$/);
      }
    }
  });

  test('takes one book only', () => {
    assert.equal(engine.loadBook(siteBook()), '');
    assert.equal(codeOf(engine.loadBook(siteBook())), 'bad_usage');
  });
});

describe('a page without its price book', { skip: missingBrowser() || missingSite() }, () => {
  let server, browser;
  test.before(async () => {
    server = await serve(kDist);
    browser = await launch();
  });
  test.after(async () => {
    await browser?.close();
    await server?.close();
  });

  const failures = [
    ['is not there', (route) => route.fulfill({ status: 404, body: 'not found' }), /price book could not be fetched \(404/],
    ['is out of reach', (route) => route.abort(), /price book could not be fetched \(/],
    ['is no price book', (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{"schema":"other"}' }),
      /price book cannot be read \(.*schema/],
  ];
  for (const [what, answer, message] of failures) {
    test(`says once that the book ${what}, and keeps the answer readable`, async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.route(/book\.[0-9a-f]+\.json$/, answer);
      await page.goto(server.url);
      await page.waitForFunction(() => document.getElementById('failure').textContent !== '');
      const note = page.getByRole('alert');
      assert.equal(await note.count(), 1);
      assert.match(await note.textContent(), message);
      assert.match(await note.textContent(), /Reload the page/);
      assert.ok(await page.locator('[data-id="headline.optimized.value"]').isVisible());
      assert.equal(await page.locator('[data-id="headline.optimized.value"]').getAttribute('data-value'), '8146.5575');
      await context.close();
    });
  }

  test('the answer stands before a slow book has come', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(/book\.[0-9a-f]+\.json$/, async (route) => { await held; await route.continue(); });
    await page.goto(server.url, { waitUntil: 'commit' });
    await page.waitForFunction(() => document.querySelector('[data-id="headline.optimized.value"]')?.getAttribute('data-value') === '8146.5575');
    assert.equal(await page.evaluate(() => document.documentElement.className), 'static');
    release();
    await page.waitForFunction(() => document.documentElement.className !== 'static');
    await context.close();
  });
});
