// Look-ups and bills per second: the engine native and in WebAssembly beside @pydantic/genai-prices
// calcPrice in this process, in turns, on the same models and usages. Both sides start from the names
// of provider and model and an instant. Before anything is timed the answers are compared; a model whose
// price differs between the two books is left out and named. With the peer's own table loaded every model of
// it must cost the same on both sides. Rates are per second of processor time, which
// is what counts on a busy machine.
//
//   node tests/bench/price.mjs [--rounds 9] [--seconds 0.3] [--usages 120] [--native PROGRAM] [--wasm PROGRAM]

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { disjointUsage } from '../peers/genai_book.mjs';
import { compareWholeBook } from '../peers/whole_book.mjs';
import { genaiTable } from '../../web/prices/sources.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '0.3' },
    usages: { type: 'string', default: '120' },  // of each model
    native: { type: 'string' },
    wasm: { type: 'string' },
    engine: { type: 'string', default: join(root, 'build/wasm/wasm') },
    cli: { type: 'string', default: join(root, 'build/tokenlever') },
    peers: { type: 'string', default: join(root, '.deps/bench') },
  },
});

const kAt = '2026-09-20T12:00:00Z';  // a day that both books know
const kPeerNames = { xai: 'x-ai' };
const kModels = {
  anthropic: ['claude-opus-4-1', 'claude-opus-4-5', 'claude-opus-5', 'claude-sonnet-4-5', 'claude-sonnet-5',
    'claude-haiku-4-5', 'claude-3-7-sonnet', 'claude-3-5-haiku'],
  openai: ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano', 'gpt-5', 'gpt-5-mini', 'gpt-5-nano',
    'gpt-5.4', 'gpt-5.5', 'gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna', 'gpt-6-sol', 'o3', 'o4-mini'],
  google: ['gemini-2.0-flash', 'gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-2.5-flash-lite', 'gemini-3-pro-preview',
    'gemini-3.1-pro-preview', 'gemini-3.6-flash'],
  xai: ['grok-3', 'grok-3-mini', 'grok-4', 'grok-4-fast', 'grok-4.5'],
  deepseek: ['deepseek-v4-flash', 'deepseek-v4-pro'],
  mistral: ['codestral-latest', 'mistral-medium-latest', 'mistral-small-latest'],
};

// ---- the work -------------------------------------------------------------------------------------

function randomOf(seed) {  // mulberry32
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// A call as the peer counts it (a class contains its parts): prompts from 100 to 400,000 tokens, half of
// them with cached parts, so that every rate and every context tier is met.
function usageOf(random, provider) {
  const input = Math.round(100 * 4000 ** random());
  const output = Math.round(20 * 400 ** random());
  const usage = { input_tokens: input, output_tokens: output };
  if (random() < 0.5) usage.cache_read_tokens = Math.floor(input * random() * 0.9);
  if (provider === 'anthropic' && random() < 0.5) {
    usage.cache_write_tokens = Math.floor((input - (usage.cache_read_tokens ?? 0)) * random());
    usage.cache_write_1h_tokens = random() < 0.5 ? 0 : Math.floor(usage.cache_write_tokens / 2);
  }
  if (provider !== 'anthropic' && random() < 0.5) usage.output_reasoning_tokens = Math.floor(output * random());
  return usage;
}

function workOf(count) {
  const random = randomOf(1);
  const work = [];
  for (const [provider, models] of Object.entries(kModels))
    for (const model of models)
      for (let i = 0; i < count; ++i) {
        const usage = usageOf(random, provider);
        const options = { providerId: kPeerNames[provider] ?? provider, timestamp: new Date(kAt) };
        work.push({ name: `${provider}/${model}`, request: { provider, model, at: kAt, usage: disjointUsage(usage) }, usage, options });
      }
  return work;
}

// ---- the sides ------------------------------------------------------------------------------------

function programOf(given, preset, name) {
  if (given) return given;
  const folder = join(root, 'build', preset);
  if (!existsSync(folder)) return undefined;
  execFileSync('cmake', ['--build', folder, '--target', 'price_bench'], { stdio: ['ignore', 'ignore', 'inherit'] });
  return join(folder, 'tests/bench', name);
}

const temporary = mkdtempSync(join(tmpdir(), 'tokenlever-bench-'));
const requestsFile = join(temporary, 'requests.json');
const writeRequests = (work) => writeFileSync(requestsFile, JSON.stringify(work.map(({ request }) => request)));

function run(program, seconds = values.seconds) {
  const command = program.endsWith('.cjs') ? [process.execPath, program] : [program];
  const done = spawnSync(command[0], [...command.slice(1), requestsFile, seconds], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(done.stderr || `${program} failed`);
  return JSON.parse(done.stdout);
}

const processorSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

// Calls `pass` (which answers `count` requests) for a while -> requests per second of processor time.
function perSecond(pass, count) {
  const start = processorSeconds();
  let passes = 0, elapsed = 0;
  do {
    pass();
    passes += 1;
    elapsed = processorSeconds() - start;
  } while (elapsed < Number(values.seconds));
  return passes * count / elapsed;
}

async function loadEngine() {
  const path = join(values.engine, 'engine.js');
  if (!existsSync(path)) return undefined;
  const { default: createEngine } = await import(pathToFileURL(path).href);
  const engine = await createEngine({ wasmBinary: readFileSync(join(values.engine, 'engine.wasm')) });
  if (engine.loadBook === undefined) return { engine };
  const dist = join(root, 'dist');
  const book = readdirSync(dist).find((name) => /^book\..*\.json$/.test(name));
  const start = processorSeconds();
  const error = engine.loadBook(readFileSync(join(dist, book)));
  if (error) throw new Error(error);
  return { engine, bookMilliseconds: (processorSeconds() - start) * 1e3 };
}

async function loadPeer() {
  const folder = join(values.peers, 'node_modules/@pydantic/genai-prices');
  if (!existsSync(folder)) return {};
  const { calcPrice } = await import(pathToFileURL(join(folder, 'dist/index.js')).href);
  return { calcPrice, table: await genaiTable(folder) };
}

// ---- agreement ------------------------------------------------------------------------------------

// Answers of the command line with a book of the caller's.
function priceWith(book, requests) {
  const path = join(temporary, 'book.json');
  writeFileSync(path, JSON.stringify(book));
  return JSON.parse(execFileSync(values.cli, ['price', '--json', '--book', path], { input: JSON.stringify(requests), encoding: 'utf8', maxBuffer: 1 << 30 }));
}

function checkWholeBook(table, calcPrice) {
  const { cases, models, differing } = compareWholeBook(table, calcPrice, priceWith);
  print('the peer\'s whole table, loaded as a book', `${cases} prices of ${models} models, ${cases - differing.length} equal`);
  if (differing.length > 0) throw new Error(differing.slice(0, 20).join('\n'));
}

// The peer computes in doubles.
const isNear = (ours, theirs) => ours !== '' && Math.abs(Number(ours) - theirs) <= 1e-9 * theirs;

// The work of the models on which both sides agree for every usage.
function agreedWork(work, costs, calcPrice) {
  const differing = new Map();
  work.forEach(({ name, request, usage, options }, index) => {
    const theirs = calcPrice(usage, request.model, options)?.total_price;
    if (theirs !== undefined && isNear(costs[index], theirs)) return;
    if (!differing.has(name)) differing.set(name, `${name} (ours ${costs[index] || 'none'}, theirs ${theirs?.toPrecision(6) ?? 'none'})`);
  });
  const agreed = work.filter(({ name }) => !differing.has(name));
  const models = new Set(agreed.map(({ name }) => name));
  const providers = new Set([...models].map((name) => name.split('/')[0]));
  print('work', `${agreed.length} usages of ${models.size} models of ${providers.size} providers; every answer agrees`);
  if (differing.size > 0) console.log(`left out, the books differ: ${[...differing.values()].join(', ')}`);
  if (models.size < 20 || providers.size < 4) throw new Error('the books agree on too few models to compare');
  return agreed;
}

// ---- the comparison -------------------------------------------------------------------------------

const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const print = (what, value) => console.log(`${what.padEnd(44)} ${value}`);

async function measure() {
  const native = programOf(values.native, 'native-gcc', 'price_bench');
  const wasm = programOf(values.wasm, 'wasm', 'price_bench.cjs');
  const { engine, bookMilliseconds } = await loadEngine() ?? {};
  const { calcPrice, table } = await loadPeer();
  let work = workOf(Number(values.usages));
  writeRequests(work);
  const { costs } = run(native, '0.01');
  if (calcPrice) {
    checkWholeBook(table, calcPrice);
    work = agreedWork(work, costs, calcPrice);
  }
  if (!calcPrice) print('@pydantic/genai-prices', 'not installed: left out');
  writeRequests(work);
  const texts = work.map(({ request }) => JSON.stringify(request));
  const whole = `[${texts.join(',')}]`;
  const sides = {
    peer: calcPrice && (() => perSecond(() => work.forEach(({ usage, request, options }) => calcPrice(usage, request.model, options)), work.length)),
    native: native && (() => run(native)),
    wasm: wasm && existsSync(wasm) && (() => run(wasm)),
    embind: engine && (() => perSecond(() => texts.forEach((text) => JSON.parse(engine.price(text))), texts.length)),
    array: engine && (() => perSecond(() => JSON.parse(engine.price(whole)), texts.length)),
  };
  const runs = {};
  for (let round = 0; round < Number(values.rounds); ++round)
    for (const [name, side] of Object.entries(sides)) if (side) (runs[name] ??= []).push(side());
  report(runs, bookMilliseconds);
}

function report(runs, bookMilliseconds) {
  const rates = {};
  for (const [name, list] of Object.entries(runs))
    rates[name] = median(list.map((one) => (typeof one === 'number' ? one : one.bills_per_second)));
  const row = (what, name) => {
    if (!rates[name]) return print(what, 'not built: left out');
    const ratio = rates.peer && name !== 'peer' ? `${(rates[name] / rates.peer).toFixed(1).padStart(8)} x the peer` : '';
    print(what, `${Math.round(rates[name]).toLocaleString('en').padStart(12)} bills/s${ratio}`);
  };
  if (rates.peer) row('@pydantic/genai-prices calcPrice', 'peer');
  row('engine native', 'native');
  row('engine in WebAssembly, no JSON', 'wasm');
  row('engine module, one JSON request a call', 'embind');
  row('engine module, one JSON array', 'array');
  const book = (name) => `${median(runs[name].map((one) => one.book_milliseconds)).toFixed(1)} ms`;
  if (runs.native) print('reading the whole price book, native', book('native'));
  if (runs.wasm) print('reading the whole price book, WebAssembly', book('wasm'));
  if (bookMilliseconds) print('loadBook of the module, first call', `${bookMilliseconds.toFixed(1)} ms`);
}

try {
  await measure();
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
