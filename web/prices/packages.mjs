// Reads the pinned price packages of pricing-data/sources.lock.json from folders where they lie
// unpacked. Each source becomes rows
//
//   { provider, model, name, rates: { input, cacheRead, cacheWrite, cacheWrite1h, output },
//     tiers: [{ above, rates }], when, note }
//
// in USD per million tokens, with the numbers as the source writes them. A rate the source does not
// have is absent. Nothing is corrected here: pi-ai's 0 stays 0, though it also means "unknown".
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export const providers = ['anthropic', 'deepseek', 'google', 'mistral', 'openai', 'xai'];

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** The unpacked packages directly under `folder`, by name, with their versions. */
export function findPackages(folder) {
  const found = new Map();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const manifest = join(folder, entry.name, 'package.json');
    if (!entry.isDirectory() || !existsSync(manifest)) continue;
    const { name, version } = readJson(manifest);
    found.set(name, { name, version, folder: join(folder, entry.name) });
  }
  return found;
}

const readers = {
  '@earendil-works/pi-ai': readPiAi,
  '@pydantic/genai-prices': readGenaiPrices,
  'llm-prices': readLlmPrices,
  'llm-pricing': readLlmPricing,
};

/** Rows of one package for the six vendors; `models` helps sources that only answer by name. */
export async function readPackage({ name, folder }, models) {
  return await readers[name](folder, models);
}

const withoutUndefined = (object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));

function readPiAi(folder) {
  const rates = (cost) => ({
    input: cost.input,
    cacheRead: cost.cacheRead,
    cacheWrite: cost.cacheWrite,
    output: cost.output,
  });
  const rows = [];
  for (const provider of providers) {
    const apis = readJson(join(folder, 'dist/providers/data', `${provider}.json`));
    for (const models of Object.values(apis)) {
      for (const model of Object.values(models)) {
        rows.push({
          provider,
          model: model.id,
          kind: model.type,
          name: model.name,
          rates: rates(model.cost),
          tiers: (model.cost.tiers ?? []).map((tier) => ({
            above: tier.inputTokensAbove,
            rates: rates(tier),
          })),
        });
      }
    }
  }
  return rows;
}

const genaiKeys = {
  input_mtok: 'input',
  cache_read_mtok: 'cacheRead',
  cache_write_mtok: 'cacheWrite',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_mtok: 'output',
};

// The module keeps its table in a constant that it does not export, so we export it for ourselves.
async function genaiTable(folder) {
  const source = readFileSync(join(folder, 'dist/index.js'), 'utf8');
  const [, constant] = /^const (\w+) = \[\s*\{\s*id: "anthropic"/m.exec(source) ?? [];
  if (!constant) throw new Error(`${folder}: dist/index.js has no table that starts with anthropic`);
  const text = `${source}\nexport { ${constant} as table };`;
  const address = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  return (await import(address)).table;
}

function genaiRates(prices) {
  const rates = {};
  const tiers = new Map();
  for (const [key, value] of Object.entries(prices)) {
    const unit = genaiKeys[key] ?? key;
    rates[unit] = typeof value === 'object' ? value.base : value;
    for (const tier of value.tiers ?? [])
      tiers.set(tier.start, { ...tiers.get(tier.start), [unit]: tier.price });
  }
  return { rates, tiers: [...tiers].map(([above, tierRates]) => ({ above, rates: tierRates })) };
}

async function readGenaiPrices(folder) {
  const rows = [];
  for (const provider of await genaiTable(folder)) {
    const id = provider.id === 'x-ai' ? 'xai' : provider.id;
    if (!providers.includes(id)) continue;
    for (const model of provider.models) {
      const periods = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
      for (const period of periods) {
        rows.push({
          provider: id,
          model: model.id,
          name: model.name,
          ...genaiRates(period.prices),
          when: period.constraint && JSON.stringify(withoutUndefined(period.constraint)),
          note: model.price_comments,
        });
      }
    }
  }
  return rows;
}

const llmPricesVendors = { gemini: 'google', mistralai: 'mistral', 'x-ai': 'xai' };

function readLlmPrices(folder) {
  const rates = (model) =>
    withoutUndefined({
      input: model.input,
      cacheRead: model.cacheRead,
      cacheWrite: model.cacheWrite,
      output: model.output,
    });
  const rows = [];
  for (const [id, model] of Object.entries(readJson(join(folder, 'data/prices.json')).models)) {
    const provider = llmPricesVendors[model.provider] ?? model.provider;
    if (!providers.includes(provider)) continue;
    const long = model.longContext;
    const tiers = long ? [{ above: long.threshold, rates: rates(long) }] : [];
    rows.push({ provider, model: id, rates: rates(model), tiers });
  }
  return rows;
}

// llm-pricing answers by name and instant; it is asked for every model we have.
async function readLlmPricing(folder, models) {
  const { getPriceFor } = await import(pathToFileURL(join(folder, 'dist/index.mjs')));
  const perMillion = (perToken) =>
    perToken === undefined ? undefined : Number((perToken * 1e6).toPrecision(12));
  const rows = [];
  for (const { provider, model } of models) {
    const price = getPriceFor(model);
    if (!price) continue;
    rows.push({
      provider,
      model,
      rates: withoutUndefined({
        input: perMillion(price.inputCostPerToken),
        cacheRead: perMillion(price.cacheReadInputCostPerToken),
        cacheWrite: perMillion(price.cacheCreationInputCostPerToken),
        output: perMillion(price.outputCostPerToken),
      }),
      tiers: [],
      note: `answered as ${price.displayName}, source ${price.source}, at the time of the call`,
    });
  }
  return rows;
}
