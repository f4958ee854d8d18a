// Where an imported list and a provider document name different rates for one model, and the reasons
// that pricing-data/disagreements.json gives. Numbers are compared as decimals; a list's 0 or null is
// "unknown" and agrees with nothing and everything.
import { cardAt, holdsAt } from './book.mjs';

// The names that an explanation uses, and which of our rates may be meant by theirs.
const kinds = {
  input: { theirs: 'input_tokens', ours: ['input_tokens'] },
  cacheRead: { theirs: 'cache_read_tokens', ours: ['cache_read_tokens'] },
  cacheWrite: { theirs: ['cache_write_tokens', 'cache_write_5m_tokens'],
    ours: ['cache_write_tokens', 'cache_write_5m_tokens', 'cache_write_30m_tokens'] },
  cacheWrite1h: { theirs: 'cache_write_1h_tokens', ours: ['cache_write_1h_tokens'] },
  output: { theirs: 'output_tokens', ours: ['output_tokens'] },
};

const isRate = (rate) => rate !== undefined && rate !== null;

// Differences of one list of rates from several of ours, which hold at different hours.
function differences(theirs, ours, where) {
  const rows = [];
  for (const [unit, names] of Object.entries(kinds)) {
    const rate = [names.theirs].flat().map((name) => theirs[name]).find(isRate);
    if (!isRate(rate) || Number(rate) === 0) continue;
    const stated = ours.flatMap((list) => names.ours.map((name) => list[name])).filter((each) => each !== undefined);
    if (unit === 'cacheWrite' && stated.length === 0) continue;
    const published = stated.filter(isRate);
    if (published.some((each) => Math.abs(Number(each) - Number(rate)) <= 1e-9 * Number(rate))) continue;
    rows.push({ where, unit, theirs: rate, ours: published.join(' or ') || (stated.length > 0 ? 'unpublished' : 'absent') });
  }
  return rows;
}

// The rates that hold at some hour.
function hourly({ rates, windows = [] }) {
  const scaled = (factor) =>
    Object.fromEntries(Object.entries(rates).map(([unit, rate]) => [unit, rate === null ? null : Number(rate) * Number(factor)]));
  return [rates, ...windows.map((window) => window.rates ?? scaled(window.factor))];
}

// The shortest prompt of a tier.
const firstOf = ({ op, threshold }) => (op === '>=' ? threshold : threshold + 1);

function compareCards(theirs, ours) {
  const rows = differences(theirs.rates, hourly(ours), 'base');
  for (const tier of theirs.context_tiers ?? []) {
    const same = (ours.context_tiers ?? []).find(({ threshold }) => Math.abs(threshold - tier.threshold) <= 1);
    if (same) rows.push(...differences(tier.rates, [{ ...ours.rates, ...same.rates }], `above ${tier.threshold}`));
    if (same && firstOf(tier) !== firstOf(same))
      rows.push({ where: `above ${tier.threshold}`, unit: 'boundary', theirs: firstOf(tier), ours: firstOf(same) });
    if (!same) rows.push({ where: `above ${tier.threshold}`, unit: 'tier', theirs: 'tier', ours: 'absent' });
  }
  return rows;
}

function matches(pattern, name) {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

const explains = (explanation, source, name, { unit, ours }) =>
  explanation.package === source &&
  explanation.models.some((pattern) => matches(pattern, name)) &&
  (explanation.units ?? [unit]).includes(unit) &&
  (explanation.where_ours_is ?? ours) === ours;

/**
 * Every difference, as { source, name, where, unit, theirs, ours, reason }; `reason` is undefined where
 * nobody has explained it. `findOurs(seller, model, at)` gives the model of a provider document that a
 * name means, or undefined. The explanations that were needed are marked `used`.
 */
export function findDisagreements(imported, findOurs, explanations) {
  const rows = [];
  for (const document of imported) {
    const at = Date.parse(document.data_of);
    for (const [seller, { models }] of Object.entries(document.providers)) {
      for (const [model, row] of Object.entries(models)) {
        const theirs = row.cards.find((card) => holdsAt(card, at));
        const ours = theirs && findOurs(seller, model, document.data_of);
        const card = ours && cardAt(ours, at);
        if (!card) continue;
        const name = `${seller}/${model}`;
        for (const difference of compareCards(theirs, card)) {
          const explanation = explanations.find((each) => explains(each, document.package, name, difference));
          if (explanation) explanation.used = true;
          rows.push({ source: document.package, name, ...difference, class: explanation?.class, reason: explanation?.reason });
        }
      }
    }
  }
  return rows;
}
