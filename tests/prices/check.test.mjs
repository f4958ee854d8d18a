// The gate of the price data (web/prices/check.mjs): our own data passes, and every kind of bad data is
// one line with file, path and reason. Each case is a small copy of sound data with one thing broken.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { describe } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = process.env.TOKENLEVER_CLI ?? join(root, 'build/tokenlever');
const lack = !existsSync(cli) && `no command line at ${cli} (./dev build)`;

function check(...parameters) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'web/prices/check.mjs'), ...parameters],
    { encoding: 'utf8', cwd: root, env: { ...process.env, TOKENLEVER_CLI: cli } });
  return { status, lines: (stdout + stderr).trimEnd().split('\n') };
}

// ---- sound data -------------------------------------------------------------------------------

const card = (id, keys = {}) => ({ id, status: 'observed', source: 'page',
  rates: { input_tokens: '1', cache_read_tokens: '0.1', cache_write_5m_tokens: '1.25', cache_write_1h_tokens: '2', output_tokens: '4' }, ...keys });

const sound = () => ({
  provider: { schema: 'tokenlever.provider/1', provider: 'acme',
    sources: { page: { url: 'https://example.com/pricing', read_at: '2026-11-01' } },
    multipliers: { batch: { when: { service_tier: 'batch' }, factor: '0.5' } },
    models: [
      { model: 'm', aliases: [{ value: 'm-latest' }], cards: [
        card('m/1', { effective_to: '2026-06-01' }),
        card('m/2', { effective_from: '2026-06-01', multipliers: ['batch'],
          context_tiers: [{ op: '>', threshold: 200000,
            rates: { input_tokens: '2', cache_write_5m_tokens: '2.5', cache_write_1h_tokens: '4', output_tokens: '6' } }] })] },
      { model: 'n', cards: [card('n/1', { effective_from: '2026-01-01', windows: [
        { name: 'night', tz_offset: '+08:00', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '08:00',
          rates: { input_tokens: '0.5', cache_read_tokens: '0.05', output_tokens: '2' } }] })] },
    ] },
  imported: { schema: 'tokenlever.imported/1', package: 'peer', version: '1.0.0', license: 'MIT', data_of: '2026-11-01',
    read_at: '2026-11-01', rank: 1, providers: { acme: { is_maker: true, models: {
      'm-latest': { cards: [{ rates: { input_tokens: '1', output_tokens: '4' } }] },
      other: { cards: [{ rates: { input_tokens: '7', output_tokens: '8' } }] } } } } },
  disagreements: { explanations: [] },
});

function checkCopy(change) {
  const folder = mkdtempSync(join(tmpdir(), 'tokenlever-data-'));
  try {
    const data = sound();
    change(data);
    const write = (name, document) => writeFileSync(join(folder, name), JSON.stringify(document, null, 2));
    for (const name of ['providers', 'imported']) mkdirSync(join(folder, name));
    write('book.json', { schema: 'tokenlever.book/1', version: '1', date: '2026-11-01' });
    write('providers/acme.json', data.provider);
    write('imported/peer@1.0.0.json', data.imported);
    write('disagreements.json', data.disagreements);
    return check(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// ---- the cases --------------------------------------------------------------------------------

const first = ({ provider }) => provider.models[0].cards[0];
const second = ({ provider }) => provider.models[0].cards[1];
const file = 'providers/acme.json';

const cases = [
  ['periods that overlap', (data) => { first(data).effective_to = '2026-06-02'; }, file, '/models/0/cards/1', /same instant/],
  ['a gap', (data) => { first(data).effective_to = '2026-05-31'; }, file, '/models/0/cards/1/effective_from', /no card from 2026-05-31/],
  ['an unknown unit', (data) => { first(data).rates.input_token = '1'; }, file, '/models/0/cards/0/rates/input_token', /no such unit/],
  ['a float instead of a string', (data) => { first(data).rates.input_tokens = 0.15; }, file,
    '/models/0/cards/0/rates/input_tokens', /a decimal in quotes, not 0\.15/],
  ['a duplicate alias', (data) => { data.provider.models[1].aliases = [{ value: 'm-latest' }]; }, file,
    '/models/1/aliases/0', /two models claim the same name.*m-latest/],
  ['an unknown key', (data) => { first(data).price = '1'; }, file, '/models/0/cards/0/price', /not known/],
  ['windows that overlap', ({ provider }) => { provider.models[1].cards[0].windows.push({ ...provider.models[1].cards[0].windows[0], name: 'late' }); },
    file, '/models/1/cards/0/windows/1', /overlap/],
  ['a file that ends too early', (data) => { data.imported = '{'; }, 'imported/peer@1.0.0.json', '/', /wrong type|object/],
  ['an imported number', ({ imported }) => { imported.providers.acme.models.other.cards[0].rates.input_tokens = 7; },
    'imported/peer@1.0.0.json', '/providers/acme/models/other/cards/0/rates/input_tokens', /in quotes/],
  ['a cache read that costs more than the input', ({ provider }) => { provider.models[1].cards[0].rates.cache_read_tokens = '1.1'; }, file,
    '/models/1/cards/0/rates', /cache_read_tokens at 1\.1 costs more than input_tokens at 1$/],
  ['an hour in the cache below five minutes', (data) => { second(data).rates.cache_write_1h_tokens = '1.2'; }, file,
    '/models/0/cards/1/rates', /cache_write_5m_tokens at 1\.25 costs more than cache_write_1h_tokens/],
  ['a cache write below the input', (data) => { second(data).rates.cache_write_5m_tokens = '0.9'; }, file,
    '/models/0/cards/1/rates', /input_tokens at 1 costs more than cache_write_5m_tokens/],
  ['a long prompt that costs less', (data) => { second(data).context_tiers[0].rates.output_tokens = '3'; }, file,
    '/models/0/cards/1/context_tiers/0/rates/output_tokens', /costs less than a short one/],
  ['a batch that costs more', ({ provider }) => { provider.multipliers.batch.factor = '1.5'; }, file,
    '/models/0/cards/1/multipliers/0', /batch at 1\.5 times/],
  ['a price that moves sixfold without a word', (data) => { first(data).rates.output_tokens = '24'; }, file,
    '/models/0/cards/1/rates/output_tokens', /24 became 4, more than 5 times/],
  ['a disagreement that nobody explains', ({ imported }) => { imported.providers.acme.models['m-latest'].cards[0].rates.output_tokens = '5'; },
    'disagreements.json', 'acme/m-latest', /peer has 5 for output \(base\), ours is 4/],
];

describe('the gate of the price data', { skip: lack }, () => {
  test('lets our own data pass', () => {
    const { status, lines } = check();
    assert.equal(status, 0, lines.filter((line) => /^pricing-data|problems/.test(line)).slice(0, 30).join('\n'));
    assert.equal(lines.at(-1), 'prices: sound');
  });

  test('lets sound data pass', () => {
    const { status, lines } = checkCopy(() => undefined);
    assert.equal(status, 0, lines.join('\n'));
  });

  for (const [name, change, where, path, reason] of cases) {
    test(`refuses ${name}, with file, path and reason`, () => {
      const { status, lines } = checkCopy(change);
      assert.equal(status, 1, lines.join('\n'));
      const line = lines.find((each) => each.includes(`${where}: ${path}: `));
      assert.ok(line, `no line names ${where} and ${path}:\n${lines.join('\n')}`);
      assert.match(line, reason);
      assert.equal(lines.at(-1), 'prices: 1 problems', lines.join('\n'));
    });
  }

  test('takes an explanation for a disagreement, and names one that is no longer needed', () => {
    const explained = (models) => (data) => {
      data.imported.providers.acme.models['m-latest'].cards[0].rates.output_tokens = '5';
      data.disagreements.explanations = models.map((model) => ({ package: 'peer', models: [model], units: ['output'], reason: 'a typing error there' }));
    };
    assert.equal(checkCopy(explained(['acme/m-*'])).status, 0);
    const { status, lines } = checkCopy(explained(['acme/m-*', 'acme/other']));
    assert.equal(status, 0);
    assert.ok(lines.some((line) => line.includes('no longer needed: disagreements.json /explanations/1: peer acme/other')));
  });

  test('takes the vendor\'s words or a reason for a leap of a price', () => {
    const quoted = (data) => { first(data).rates.output_tokens = '24'; second(data).quote = 'Output falls from $24 to $4.'; };
    assert.equal(checkCopy(quoted).status, 0);
    const explained = (data) => {
      first(data).rates.output_tokens = '24';
      data.disagreements.leaps = [{ cards: ['acme/m/2'], reason: 'the name means another model since' }];
    };
    assert.equal(checkCopy(explained).status, 0);
  });

  test('tells how old the prices are', () => {
    const { lines } = checkCopy(({ provider }) => { provider.sources.page.read_at = '2026-09-01'; });
    assert.ok(lines.some((line) => /^acme: 2 prices, the oldest read 61 days before 2026-11-01, 2 older than 45 days/.test(line)), lines.join('\n'));
  });
});
