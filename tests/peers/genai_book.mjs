// Translates a peer's price book and usage into ours: the data of pydantic/genai-prices (providers,
// match clauses, conditional and tiered prices) into a tokenlever.book/1 document, and its inclusive
// usage into disjoint token classes.
//
// The peer finds a model by clauses (contains, starts_with, a regular expression ...); ours knows exact
// names only. So the clauses are evaluated here, and every name that is going to be asked for becomes
// an alias of the model that the peer would take for it.

// The peer's price keys and our units. Its write price without a TTL is that of five minutes.
const kUnits = {
  input_mtok: 'input_tokens',
  cache_read_mtok: 'cache_read_tokens',
  cache_write_mtok: 'cache_write_tokens',
  cache_write_5m_mtok: 'cache_write_5m_tokens',
  cache_write_1h_mtok: 'cache_write_1h_tokens',
  input_audio_mtok: 'input_audio_tokens',
  input_image_mtok: 'input_image_tokens',
  input_video_mtok: 'input_video_tokens',
  cache_audio_read_mtok: 'cache_read_audio_tokens',
  cache_image_read_mtok: 'cache_read_image_tokens',
  cache_video_read_mtok: 'cache_read_video_tokens',
  output_mtok: 'output_tokens',
  output_reasoning_mtok: 'reasoning_tokens',
  output_citation_mtok: 'citation_tokens',
  output_audio_mtok: 'output_audio_tokens',
  output_image_mtok: 'output_image_tokens',
  output_video_mtok: 'output_video_tokens',
  requests_kcount: 'requests',
  web_searches_kcount: 'web_searches',
  storage_searches_kcount: 'storage_searches',
  social_searches_kcount: 'social_searches',
  code_executions_kcount: 'code_executions',
  input_document_kpages: 'input_pages',
  input_annotated_document_kpages: 'input_annotated_pages',
  input_audio_hours: 'input_audio_seconds',
  audio_hours: 'input_audio_seconds',
  input_mchars: 'input_characters',
};

/** Price keys for which we have no unit; a model with one of them is left out of the book. */
export const foreignKeys = ({ prices }) =>
  blocksOf(prices).flatMap((block) => Object.keys(block.prices)).filter((key) => !(key in kUnits));

const blocksOf = (prices) => (Array.isArray(prices) ? prices : [{ prices }]);

/** A JSON number as the decimal it was written as: 1e-7 -> "0.0000001". */
export function decimalOf(number) {
  const text = String(number);
  const [digits, exponent] = text.split('e-');
  if (exponent === undefined) return text;
  const [whole, fraction = ''] = digits.split('.');
  return `0.${whole.padStart(Number(exponent), '0')}${fraction}`;
}

// ---- names ------------------------------------------------------------------------------------------

/** Whether a match clause of the peer takes a name. */
export function matches(clause, name) {
  const text = name.toLowerCase();
  const [[kind, value]] = Object.entries(clause);
  switch (kind) {
    case 'or': return value.some((each) => matches(each, name));
    case 'and': return value.every((each) => matches(each, name));
    case 'equals': return text === value.toLowerCase();
    case 'starts_with': return text.startsWith(value.toLowerCase());
    case 'ends_with': return text.endsWith(value.toLowerCase());
    case 'contains': return text.includes(value.toLowerCase());
    case 'regex': return new RegExp(value).test(name);
    default: throw new Error(`a match clause of unknown kind "${kind}"`);
  }
}

/** The peer's model for a name at a seller, looked for in the lists it falls back to as well. */
export function modelOf(providers, sellerId, name) {
  const seller = providers.find(({ id }) => id === sellerId);
  const ids = [sellerId, ...(seller?.fallback_model_providers ?? [])];
  for (const id of ids) {
    const model = providers.find((each) => each.id === id)?.models.find(({ match }) => matches(match, name.trim()));
    if (model) return model;
  }
  return undefined;
}

// ---- prices -----------------------------------------------------------------------------------------

const baseOf = (price) => (typeof price === 'object' ? price.base : price);

function ratesOf(prices, choose = baseOf) {
  const rates = {};
  for (const [key, price] of Object.entries(prices)) {
    const rate = choose(price);
    if (rate !== undefined) rates[kUnits[key]] = decimalOf(rate);
  }
  return rates;
}

// "start" is exclusive, and the whole prompt of a request chooses the tier of all its tokens.
function tiersOf(prices) {
  const starts = Object.values(prices).flatMap(({ tiers = [] }) => tiers.map(({ start }) => start));
  const at = (start) => ({ tiers = [] }) => tiers.filter((tier) => tier.start <= start).at(-1)?.price;
  return [...new Set(starts)].sort((a, b) => a - b)
    .map((start) => ({ op: '>', threshold: start, rates: ratesOf(prices, at(start)) }));
}

function windowsOf({ start_time: start, end_time: end }, prices) {
  const clock = (time) => {
    const [, text] = /^(\d\d:\d\d):00Z$/.exec(time) ?? [];
    if (!text) throw new Error(`a window that does not start at a minute of UTC: ${time}`);
    return text;
  };
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const window = (name, from, to) => ({ name, tz_offset: '+00:00', days, from, to, rates: ratesOf(prices) });
  const [from, to] = [clock(start), clock(end)];
  if (from < to) return [window('window', from, to)];
  return [window('until_midnight', from, '24:00'), window('after_midnight', '00:00', to)];
}

// Blocks in the peer's order: the first without a condition, then later days or parts of the day.
function cardsOf(id, prices) {
  const [first, ...others] = blocksOf(prices);
  const cards = [{ prices: first.prices, windows: [] }];
  for (const { constraint, prices: block } of others) {
    if (constraint.start_date) {
      cards.at(-1).effective_to = constraint.start_date;
      cards.push({ prices: block, windows: [], effective_from: constraint.start_date });
    } else {
      cards.at(-1).windows.push(...windowsOf(constraint, block));
    }
  }
  return cards.map(({ prices: block, windows, ...period }) => ({
    id: `${id}/${period.effective_from ?? 'start'}`, status: 'observed', source: 'peer', ...period,
    rates: ratesOf(block), context_tiers: tiersOf(block), windows,
  }));
}

/** The id that a seller of the peer has in the document: no seller of our own book has it. */
export const sellerId = (id) => `peer.${id}`;

function providerOf(providers, id, names) {
  const models = new Map();  // the peer's model -> names
  for (const model of providers.find((each) => each.id === id).models)
    if (foreignKeys(model).length === 0) models.set(model, new Set());
  for (const name of names) {
    const model = modelOf(providers, id, name);
    if (model && foreignKeys(model).length === 0) models.set(model, (models.get(model) ?? new Set()).add(name.trim().toLowerCase()));
  }
  // An id may be another model's name: what the peer's clauses make of it counts, not the id.
  const rows = [...models].map(([model, aliases], index) => {
    const own = `${model.id.toLowerCase()}#${index}`;
    return { model: own, publisher: 'peer', aliases: [...aliases], cards: cardsOf(own, model.prices) };
  });
  return {
    schema: 'tokenlever.provider/1', provider: sellerId(id), models: rows,
    sources: { peer: { package: 'pydantic/genai-prices', path: 'prices/new_data/v2/data.json', read_at: '2026-11-23' } },
  };
}

/** The document: every seller of the peer, with the names (seller -> iterable) as aliases. */
export function bookOf(providers, names) {
  return {
    schema: 'tokenlever.book/1', version: 'peer', date: '2026-08-21',
    providers: providers.map(({ id }) => providerOf(providers, id, names.get(id) ?? [])),
  };
}

// ---- usage ------------------------------------------------------------------------------------------

const kModalities = ['audio', 'image', 'video'];
const kTokens = new Set([
  'input_tokens', 'input_text_tokens', 'input_tool_tokens', 'input_text_tool_tokens', 'output_text_tokens',
  'output_tokens', 'output_reasoning_tokens', 'output_citation_tokens', 'cache_read_tokens', 'cache_text_read_tokens',
  'cache_write_tokens', 'cache_write_5m_tokens', 'cache_write_1h_tokens',
  ...kModalities.flatMap((each) => [`input_${each}_tokens`, `cache_${each}_read_tokens`, `output_${each}_tokens`]),
]);
const kCounts = { web_searches: 'web_searches', storage_searches: 'storage_searches', requests: 'requests' };

/**
 * The peer's usage, in which a class contains its parts, as our disjoint classes. Text and tool results
 * are no classes of their own here. A key that is not known is an error: nothing is left out unseen.
 */
export function disjointUsage(usage) {
  const count = (key) => usage[key] ?? 0;
  const result = {};
  for (const key of Object.keys(usage)) {
    if (key in kCounts) result[kCounts[key]] = usage[key];
    else if (!kTokens.has(key)) throw new Error(`a usage key that we do not translate: ${key}`);
  }
  let [input, read, output] = [count('input_tokens'), count('cache_read_tokens'), count('output_tokens')];
  const write = count('cache_write_tokens');
  const writes = { cache_write_5m_tokens: count('cache_write_5m_tokens'), cache_write_1h_tokens: count('cache_write_1h_tokens') };
  input -= read + write;
  for (const each of kModalities) {
    const cached = count(`cache_${each}_read_tokens`);
    result[`cache_read_${each}_tokens`] = cached;
    result[`input_${each}_tokens`] = count(`input_${each}_tokens`) - cached;
    result[`output_${each}_tokens`] = count(`output_${each}_tokens`);
    input -= result[`input_${each}_tokens`];
    read -= cached;
    output -= count(`output_${each}_tokens`);
  }
  // Writes whose TTL is not told bill at the price of five minutes.
  writes.cache_write_5m_tokens += write - writes.cache_write_5m_tokens - writes.cache_write_1h_tokens;
  output -= count('output_citation_tokens');
  Object.assign(result, writes, {
    input_tokens: input, cache_read_tokens: read, output_tokens: output,
    citation_tokens: count('output_citation_tokens'), reasoning_tokens: count('output_reasoning_tokens'),
  });
  for (const [key, value] of Object.entries(result)) {
    if (value < 0) throw new Error(`parts larger than the whole: ${key} of ${JSON.stringify(usage)}`);
    if (value === 0) delete result[key];
  }
  return result;
}
