// Reads the pinned price packages of pricing-data/sources.lock.json. Each source becomes entries
//
//   { seller, model, context_window, max_output_tokens, deprecated, cards: [{ effective_from, rates, context_tiers }] }
//
// with the keys and units of pricing-data/schema. A rate is what the package states, as a decimal
// string; null where the package has 0 for "unknown"; nothing is corrected, completed or guessed.
// Entries that cannot be written so are left out with a reason.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sellerOf } from './sellers.mjs';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const withoutUndefined = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** The number as people write it, without an exponent. Beyond 12 digits there is only noise of doubles. */
export function decimal(value, shift = 0) {
  const [mantissa, exponent = '0'] = Number(value).toPrecision(12).split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  const point = whole.length + Number(exponent) + shift;
  const digits = whole + fraction;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const text = `${padded.slice(0, at)}.${padded.slice(at)}`;
  return text.replace(/^0+(?=\d)/, '').replace(/\.?0+$/, '');
}

const positive = (value) => (value ? decimal(value) : undefined);

// The one write rate that three of the packages have is that of five minutes for Claude, which sells
// an hour too, at a rate that they do not have.
const writeRates = (model, rate) => rate === undefined ? {}
  : /claude/.test(model) ? { cache_write_1h_tokens: null, cache_write_5m_tokens: rate } : { cache_write_tokens: rate };

// ---- pi-ai ------------------------------------------------------------------------------------

// Its 0 is "free" for what is named free, else "unknown".
function piAiRates(model, cost) {
  const isFree = cost.input === 0 && cost.output === 0;
  return withoutUndefined({
    input_tokens: isFree ? '0' : decimal(cost.input),
    cache_read_tokens: isFree ? undefined : cost.cacheRead ? decimal(cost.cacheRead) : null,
    ...writeRates(model, positive(cost.cacheWrite)),
    output_tokens: isFree ? '0' : cost.output ? decimal(cost.output) : null,
  });
}

function readPiAi(folder, leaveOut) {
  const data = join(folder, 'dist/providers/data');
  const entries = [];
  for (const file of readdirSync(data).filter((name) => /^[^.].*\.json$/.test(name)).sort()) {
    for (const model of Object.values(readJson(join(data, file))).flatMap((models) => Object.values(models))) {
      const theirs = file.replace('.json', '');
      const name = `${theirs}/${model.id}`;
      const seller = sellerOf(theirs, model.id);
      if (model.type !== 'chat') leaveOut(name, `of kind ${model.type}`);
      else if (!seller) leaveOut(name, 'a list that is left out');
      else if (!model.cost.input && !(model.cost.output === 0 && model.id.endsWith(':free')))
        leaveOut(name, 'priced 0 without being named free');
      else
        entries.push({ seller, model: model.id, context_window: model.contextWindow, max_output_tokens: model.maxTokens,
          cards: [{ rates: piAiRates(model.id, model.cost),
            context_tiers: model.cost.tiers?.map((tier) => ({ op: '>', threshold: tier.inputTokensAbove,
              rates: piAiRates(model.id, tier) })) }] });
    }
  }
  return entries;
}

// ---- genai-prices -----------------------------------------------------------------------------

// A unit that is absent there bills at its parent's rate, as with us. Units of other kinds than tokens
// and searches have other meanings there.
const genaiUnits = {
  cache_audio_read_mtok: 'cache_read_audio_tokens',
  cache_image_read_mtok: 'cache_read_image_tokens',
  cache_read_mtok: 'cache_read_tokens',
  cache_write_1h_mtok: 'cache_write_1h_tokens',
  cache_write_mtok: 'cache_write_tokens',
  input_audio_mtok: 'input_audio_tokens',
  input_image_mtok: 'input_image_tokens',
  input_mtok: 'input_tokens',
  input_video_mtok: 'input_video_tokens',
  output_audio_mtok: 'output_audio_tokens',
  output_citation_mtok: 'citation_tokens',
  output_image_mtok: 'output_image_tokens',
  output_mtok: 'output_tokens',
  output_reasoning_mtok: 'reasoning_tokens',
  output_video_mtok: 'output_video_tokens',
  web_searches_kcount: 'web_searches',
};

/** The package's own table. It keeps it in a constant that it does not export, so we export it for ourselves. */
export async function genaiTable(folder) {
  const source = readFileSync(join(folder, 'dist/index.js'), 'utf8');
  const [, constant] = /^const (\w+) = \[\s*\{\s*id: "anthropic"/m.exec(source) ?? [];
  if (!constant) throw new Error(`${folder}: dist/index.js has no table that starts with anthropic`);
  const text = `${source}\nexport { ${constant} as table };`;
  const address = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  return (await import(address)).table;
}

function genaiCard({ prices, constraint }) {
  const rates = {};
  const tiers = new Map();
  for (const [key, value] of Object.entries(prices)) {
    const unit = genaiUnits[key];
    if (!unit) continue;
    rates[unit] = decimal(typeof value === 'object' ? value.base : value);
    for (const tier of value.tiers ?? [])
      tiers.set(tier.start, { ...tiers.get(tier.start), [unit]: decimal(tier.price) });
  }
  const day = constraint?.start_date && new Date(constraint.start_date).toISOString().slice(0, 10);
  return { effective_from: day, rates, context_tiers: tiers.size === 0 ? undefined
    : [...tiers].sort(([a], [b]) => a - b).map(([threshold, tierRates]) => ({ op: '>', threshold, rates: tierRates })) };
}

async function readGenaiPrices(folder, leaveOut) {
  const entries = [];
  for (const provider of await genaiTable(folder)) {
    for (const model of provider.models) {
      const name = `${provider.id}/${model.id}`;
      const seller = sellerOf(provider.id, model.id.toLowerCase());
      const periods = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
      const cards = periods.map(genaiCard);
      for (let i = 0; i + 1 < cards.length; ++i) cards[i].effective_to = cards[i + 1].effective_from;
      if (!seller) leaveOut(name, 'a list that is left out');
      else if (periods.some(({ constraint }) => constraint && !constraint.start_date)) leaveOut(name, 'priced by the hour of the day');
      else if (cards.some(({ rates }) => Object.keys(rates).length === 0)) leaveOut(name, 'not priced by tokens');
      else entries.push({ seller, model: model.id, context_window: model.context_window, deprecated: model.deprecated || undefined, cards });
    }
  }
  return entries;
}

// ---- llm-prices -------------------------------------------------------------------------------

function llmPricesRates(model, row) {
  return withoutUndefined({
    input_tokens: decimal(row.input),
    cache_read_tokens: row.cacheRead ? decimal(row.cacheRead) : null,
    ...writeRates(model, positive(row.cacheWrite)),
    output_tokens: row.output === null ? null : decimal(row.output),
  });
}

function readLlmPrices(folder, leaveOut) {
  const entries = [];
  for (const [id, row] of Object.entries(readJson(join(folder, 'data/prices.json')).models)) {
    const model = id.slice(id.lastIndexOf('/') + 1);
    const seller = sellerOf(row.provider, model);
    if (!row.input) {
      leaveOut(`${row.provider}/${id}`, 'no input rate');
      continue;
    }
    const long = row.longContext;
    entries.push({ seller, model, context_window: row.context ?? undefined, max_output_tokens: row.maxOutput ?? undefined,
      deprecated: row.deprecated ? true : undefined,
      cards: [{ rates: llmPricesRates(model, row), context_tiers: long
        ? [{ op: '>', threshold: long.threshold, rates: llmPricesRates(model, { ...row, ...long }) }] : undefined }] });
  }
  return entries;
}

// ---- llm-pricing ------------------------------------------------------------------------------

// Its archive names no seller. An id is taken where exactly one of the makers' lists of the other
// sources has it. A cache write at the read's rate is its way to say that it has none.
async function readLlmPricing(folder, leaveOut, others) {
  const bundle = readdirSync(join(folder, 'dist')).find((name) => /^openrouter-.*\.mjs$/.test(name));
  const exported = Object.values(await import(pathToFileURL(join(folder, 'dist', bundle))));
  const archive = exported.find((each) => each?.['gpt-4o']?.periods && Object.keys(each).length > 100);
  if (!archive) throw new Error(`${folder}: no archive of prices by model in ${bundle}`);
  const rates = (model, card) => {
    const { inputCostPerToken: input, cacheReadInputCostPerToken: read, cacheCreationInputCostPerToken: write } = card;
    return withoutUndefined({
      input_tokens: decimal(input, 6),
      cache_read_tokens: read ? decimal(read, 6) : null,
      ...writeRates(model, write > read ? decimal(write, 6) : undefined),
      output_tokens: decimal(card.outputCostPerToken, 6),
    });
  };
  const entries = [];
  for (const [model, { periods }] of Object.entries(archive)) {
    const sellers = others.get(model) ?? [];
    const [{ rates: base, contextTiers, reasoningRates }] = periods;
    if (sellers.length !== 1) leaveOut(model, 'the archive names no seller');
    else if (periods.length > 1 || reasoningRates) leaveOut(model, 'several prices');
    else if (!base.inputCostPerToken) leaveOut(model, 'no input rate');
    else
      entries.push({ seller: sellers[0], model, cards: [{ rates: rates(model, base), context_tiers: contextTiers?.map(
        (tier) => ({ op: '>', threshold: tier.abovePromptTokens, rates: rates(model, tier.rates) })) }] });
  }
  return entries;
}

export const readers = {
  '@earendil-works/pi-ai': readPiAi,
  '@pydantic/genai-prices': readGenaiPrices,
  'llm-prices': readLlmPrices,
  'llm-pricing': readLlmPricing,
};
