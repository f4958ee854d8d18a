// Every model of @pydantic/genai-prices, priced by the package itself and by our engine with the package's
// own book loaded: at each context threshold and one token beyond, before and after each dated change, at
// the start and the end of each window, with every class of tokens that has a price.

import { bookOf, decimalOf, disjointUsage, foreignKeys, matches, sellerId } from './genai_book.mjs';

const blocksOf = ({ prices }) => (Array.isArray(prices) ? prices : [{ prices }]);

// Instants that tell the blocks of a model apart. Windows are asked about on a day after every dated block:
// the peer applies them to the days before their start as well (as its pull request 581 says).
function instantsOf(model) {
  const day = (text, shift) => new Date(Date.parse(text) + shift).toISOString();
  const found = blocksOf(model).flatMap(({ constraint: { start_date: date, start_time: start, end_time: end } = {} }) => [
    ...(date ? [day(date, -1000), day(date, 0)] : []),
    ...(start ? [`2026-11-02T${start}`, `2026-11-02T${end}`] : []),
  ]);
  return found.length > 0 ? found : ['2026-09-20T12:00:00Z'];
}

function promptsOf(model) {
  const starts = blocksOf(model).flatMap(({ prices }) => Object.values(prices))
    .flatMap((price) => (price.tiers ?? []).map(({ start }) => start));
  return [1000, ...new Set(starts)].flatMap((start) => [start, start + 1]);
}

// A call of `prompt` tokens with some of every class that the model prices; a class contains its parts.
function usageOf(model, prompt) {
  const keys = new Set(blocksOf(model).flatMap(({ prices }) => Object.keys(prices)));
  const part = (key, share) => (keys.has(key) ? Math.floor(prompt / share) : 0);
  const audio = part('input_audio_mtok', 7), image = part('input_image_mtok', 11), video = part('input_video_mtok', 13);
  return {
    input_tokens: prompt, output_tokens: 1009,
    cache_read_tokens: part('cache_read_mtok', 3), cache_write_tokens: part('cache_write_mtok', 5),
    cache_write_1h_tokens: part('cache_write_1h_mtok', 10),
    input_audio_tokens: audio, input_image_tokens: image, input_video_tokens: video,
    cache_audio_read_tokens: keys.has('cache_audio_read_mtok') ? Math.floor(audio / 2) : 0,
    cache_image_read_tokens: keys.has('cache_image_read_mtok') ? Math.floor(image / 2) : 0,
    cache_video_read_tokens: keys.has('cache_video_read_mtok') ? Math.floor(video / 2) : 0,
    output_reasoning_tokens: keys.has('output_reasoning_mtok') ? 100 : 0,
    output_citation_tokens: keys.has('output_citation_mtok') ? 50 : 0,
    output_audio_tokens: keys.has('output_audio_mtok') ? 70 : 0,
    output_image_tokens: keys.has('output_image_mtok') ? 60 : 0,
    output_video_tokens: keys.has('output_video_mtok') ? 40 : 0,
    web_searches: keys.has('web_searches_kcount') ? 3 : 0,
  };
}

/** Requests of the peer's whole table, each with what the peer answers. */
export function casesOf(providers, calcPrice) {
  const cases = [];
  for (const { id: seller, models } of providers)
    for (const model of models) {
      const isOwn = models.find(({ match }) => matches(match, model.id)) === model;
      const hasTokens = blocksOf(model).every(({ prices }) => 'input_mtok' in prices && 'output_mtok' in prices);
      if (!isOwn || !hasTokens || foreignKeys(model).length > 0) continue;
      for (const at of instantsOf(model))
        for (const prompt of promptsOf(model)) {
          const usage = usageOf(model, prompt);
          const theirs = calcPrice(usage, model.id, { providerId: seller, timestamp: new Date(at) })?.total_price;
          const request = { provider: sellerId(seller), model: model.id, at, usage: disjointUsage(usage) };
          cases.push({ name: `${seller}/${model.id} ${at} ${prompt}`, request, theirs });
        }
    }
  return cases;
}

/** What differs, as text, beyond the noise of the peer's doubles. `price(book, requests)` asks the engine. */
export function compareWholeBook(providers, calcPrice, price) {
  const cases = casesOf(providers, calcPrice);
  const names = new Map();
  for (const { request: { provider, model } } of cases) {
    const seller = provider.slice(sellerId('').length);
    names.set(seller, (names.get(seller) ?? new Set()).add(model));
  }
  const answers = price(bookOf(providers, names), cases.map(({ request }) => request));
  const differing = cases.flatMap(({ name, theirs }, index) => {
    const { list_cost: ours, complete, error } = answers[index];
    const isEqual = complete && Math.abs(Number(ours) - theirs) <= 1e-9 * theirs;
    return isEqual ? [] : [`${name}: ours ${error?.message ?? ours}, theirs ${decimalOf(theirs)}`];
  });
  return { cases: cases.length, models: new Set(cases.map(({ request }) => `${request.provider} ${request.model}`)).size, differing };
}
