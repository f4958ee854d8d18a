// Reads pricing-data as plain objects, for the scripts of this folder. The engine's own reader
// (core/pricing/book_reader.cpp) is the judge of what is valid; here we only look things up.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Every document of a folder of pricing-data, by name. */
function readFolder(name) {
  const folder = join(root, 'pricing-data', name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((each) => each.endsWith('.json')).sort().map((each) => readJson(join(folder, each)));
}

/** Every document of pricing-data/providers. */
export const readBook = () => readFolder('providers');

/** Every document of pricing-data/imported, in the order in which they are asked. */
export const readImported = () => readFolder('imported').sort((a, b) => a.rank - b.rank);

const instant = (text) => (text ? Date.parse(text) : undefined);

/** Whether the half-open period of a card or alias holds at `at` (milliseconds). */
export function holdsAt({ effective_from: from, effective_to: to }, at) {
  return !(instant(from) > at) && !(instant(to) <= at);
}

/** The card of the instant, or undefined; retracted cards never hold. */
export function cardAt(model, at) {
  return model.cards.find((card) => card.status !== 'retracted' && holdsAt(card, at));
}

/** The model that a name means at an instant: an id, an alias, or either with a date behind it. */
export function findModel(document, name, at) {
  const isNamed = (model, wanted) =>
    model.model === wanted ||
    (model.aliases ?? []).some((alias) => alias.value === wanted && holdsAt(alias, at));
  const undated = name.replace(/-\d{8}$|-\d{4}-\d{2}-\d{2}$/, '');
  const found =
    document.models.find((model) => isNamed(model, name)) ??
    document.models.find((model) => isNamed(model, undated));
  const region = found?.aliases?.find(({ value }) => value === name)?.region;
  return region ? multiplied(document, found, ({ when }) => !when.service_tier && [when.region].flat().includes(region)) : found;
}

/**
 * A model at the price of a region that its name states: its cards times the multipliers that `holds`
 * accepts, each { name, when, factor, rates }.
 */
export function multiplied({ multipliers: table = {} }, model, holds) {
  const cards = model.cards.map((card) => {
    const held = (card.multipliers ?? []).map((each) => (typeof each === 'string' ? { name: each, ...table[each] } : each)).filter(holds);
    const factor = held.reduce((product, each) => product * Number(each.factor ?? 1), 1);
    const times = (rates) => Object.fromEntries(Object.entries(rates).map(
      ([unit, rate]) => [unit, rate === null ? null : String(Number((Number(rate) * factor).toPrecision(12)))]));
    const rates = Object.assign({}, card.rates, ...held.map((each) => each.rates ?? {}));
    return { ...card, rates: times(rates),
      context_tiers: card.context_tiers?.map((tier) => ({ ...tier, rates: times(tier.rates) })) };
  });
  return { ...model, cards };
}

// What the engine reads of a document: everything but the notes, which are for people.
function withoutNotes(value) {
  if (Array.isArray(value)) return value.map(withoutNotes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => key !== 'note').map(([key, each]) => [key, withoutNotes(each)]));
}

// The imported models that no document before has under the same name; the engine would not ask the
// others (PriceBook in core/pricing/price_book.h), so the site need not deliver them.
function unshadowed(imported, providers) {
  const seen = new Set(providers.flatMap(({ provider, models }) => models.map(({ model }) => `${provider} ${model}`)));
  const isNew = (seller) => ([model]) => !seen.has(`${seller} ${model}`) && seen.add(`${seller} ${model}`);
  return imported.map((document) => ({ ...document, providers: Object.fromEntries(Object.entries(document.providers).map(
    ([seller, { models, ...rest }]) => [seller, { ...rest, models: Object.fromEntries(Object.entries(models).filter(isNew(seller))) }])) }));
}

/** The whole price book as one document (tokenlever.book/1), as the site delivers it. */
export function siteBook() {
  const { version, date, schema } = readJson(join(root, 'pricing-data/book.json'));
  const providers = readBook().map(withoutNotes);
  const others = ['calendars', 'capacity'].flatMap(readFolder).map(withoutNotes);
  const documents = [...providers, ...others, ...unshadowed(readImported(), providers)];
  return JSON.stringify({ schema, version, date, documents });
}
