// Reads pricing-data as plain objects, for the scripts of this folder. The engine's own reader
// (core/pricing/book_reader.cpp) is the judge of what is valid; here we only look things up.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Every document of pricing-data/providers. */
export function readBook() {
  const folder = join(root, 'pricing-data/providers');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readJson(join(folder, name)));
}

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
  return (
    document.models.find((model) => isNamed(model, name)) ??
    document.models.find((model) => isNamed(model, undated))
  );
}
