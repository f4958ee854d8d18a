// The modules as JavaScript sees them, under Node: the surface that web/engine.d.ts promises.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { describe } from 'node:test';
import { pathToFileURL } from 'node:url';
import { siteBook } from '../../web/prices/book.mjs';
import { kRoot, kShared, missingShared } from './support.mjs';

const kFolders = [process.env.TOKENLEVER_WASM, join(kRoot, 'build/wasm/wasm')];
const folder = kFolders.find((each) => each && existsSync(join(each, 'engine.js')));
const lack = !folder && 'no engine.js (./dev build)';

async function load(name) {
  const { default: create } = await import(pathToFileURL(join(folder, `${name}.js`)).href);
  const module = await create({ wasmBinary: await readFile(join(folder, `${name}.wasm`)) });
  assert.equal(module.loadBook(siteBook()), '');
  return module;
}

describe('the modules under Node', { skip: lack }, () => {
  let engine, application;
  test.before(async () => {
    engine = await load('engine');
    application = await load('application');
  });

  test('has every name of engine.d.ts', async () => {
    const declared = await readFile(join(kRoot, 'web/engine.d.ts'), 'utf8');
    const block = (name) => declared.match(new RegExp(`interface ${name} \\{([\\s\\S]*?)\\n  \\}`))[1];
    const methods = (text) => [...text.matchAll(/^ {4}(\w+)\(/gm)].map(([, name]) => name);
    for (const name of methods(block('Engine'))) assert.equal(typeof engine[name], 'function', name);
    for (const [name, type] of [['App', application.App], ['ImportSession', engine.ImportSession]])
      for (const method of methods(block(name))) assert.equal(typeof type.prototype[method], 'function', `${name}.${method}`);
  });

  test('prices to the last digit', () => {
    const request = { provider: 'anthropic', model: 'claude-sonnet-4-5', usage: { input_tokens: 2048, cache_read_tokens: 1800,
      cache_write_5m_tokens: 148, cache_write_1h_tokens: 100, output_tokens: 503 } };
    assert.equal(JSON.parse(engine.price(JSON.stringify(request))).list_cost, '0.015384');
  });

  test('answers a wrong request with the contract\'s error, and an unknown model with an answer', () => {
    const wrong = JSON.parse(engine.price('{"model":"gpt-4o","usage":{"imput_tokens":1}}'));
    assert.ok(wrong.error.code && wrong.error.message.length > 10);
    assert.equal(JSON.parse(engine.price('{"model":"no-such-model-9","usage":{"input_tokens":1}}')).list_cost, null);
    assert.ok(JSON.parse(engine.evaluate('{', false, 0, 1)).error.code);
  });

  test('lists the models of a provider', () => {
    const { models } = JSON.parse(engine.models('{"provider":"openai","match":"gpt-4o-mini"}'));
    assert.ok(models.some(({ model }) => model === 'gpt-4o-mini'));
  });

  test('sizes provisioned capacity', () => {
    const load = { provider: 'azure', unit: 'ptu', model: 'gpt-5', requests_per_minute: 600,
      input_tokens: 1500, cache_read_tokens: 1500, output_tokens: 500, hours: 730, unit_price: '1' };
    const answer = JSON.parse(engine.capacity(JSON.stringify(load)));
    assert.equal(answer.units, 695);
    assert.equal(answer.monthly_cost, '507350');
  });

  test('evaluates the reference scenario, coalitions and all', async () => {
    const scenario = await readFile(join(kRoot, 'tests/golden/reference.scenario.json'), 'utf8');
    const answer = JSON.parse(engine.evaluate(scenario, true, 0, 1));
    assert.equal(answer.optimized.monthly_cost, '8146.5575');
    assert.equal(answer.coalitions.length, 16);
  });

  // The same report whatever the chunks are.
  async function importIn(size, path) {
    const bytes = await readFile(path);
    const session = new engine.ImportSession('{"by":["day","model","team"]}');
    assert.equal(session.error(), '');
    session.beginFile('sample');
    for (let at = 0; at < bytes.length; at += size) {
      const part = bytes.subarray(at, at + size);
      const address = session.buffer(part.length);
      engine.HEAPU8.set(part, address);
      session.commit(part.length);
    }
    assert.equal(session.finishFile(), true);
    const report = session.report();
    session.delete();
    return report;
  }
  for (const name of ['litellm-spend-logs.sample.csv', 'litellm-spend-logs.sample.json', 'openai-usage-api.sample.json']) {
    test(`imports ${name} alike in chunks of any size`, { skip: missingShared() }, async () => {
      const path = join(kShared, 'formats', name);
      const whole = await importIn(1 << 20, path);
      assert.ok(JSON.parse(whole).files[0].rows.read > 0);
      for (const size of [1, 7, 64, 1000]) assert.equal(await importIn(size, path), whole, `chunks of ${size}`);
    });
  }

  test('refuses wrong import options with a sentence', () => {
    const session = new engine.ImportSession('{"by":["weather"]}');
    assert.match(session.error(), /weather/);
    session.delete();
  });

  test('gives a frame of semantics without a page', () => {
    const app = new application.App(Date.now() / 1000);
    assert.equal(app.attach(false), false);
    app.frame();
    const first = JSON.parse(app.semantics());
    assert.ok(first.nodes.length >= 3);
    app.act('nav.usage', 'click', '');
    app.frame();
    app.frame();
    assert.equal(JSON.parse(app.semantics()).screen, 'usage');
    app.delete();
  });
});
