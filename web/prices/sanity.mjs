// Relations that hold between the rates of every real price list; what breaks one is most likely a
// slip of the pen, unless the vendor's own words stand beside it. A leap of a price may also be
// explained in disagreements.json, "leaps": a name that now means another model leaps without a word.

const kLargestMove = 5;  // of a price from one period to the next

// [the lesser unit, the greater one]
const order = [
  ['cache_read_tokens', 'input_tokens'],
  ['input_tokens', 'cache_write_5m_tokens'],
  ['input_tokens', 'cache_write_30m_tokens'],
  ['input_tokens', 'cache_write_1h_tokens'],
  ['cache_write_5m_tokens', 'cache_write_1h_tokens'],
  ['cache_write_30m_tokens', 'cache_write_12h_tokens'],
];

const isRate = (rate) => rate !== undefined && rate !== null;

// `named` are the rates that stand here; the others are the card's, which are checked there.
function checkOrder(rates, path, report, named = rates) {
  for (const [less, more] of order) {
    if (!(less in named) && !(more in named)) continue;
    const isFreeWrite = more.startsWith('cache_write') && rates[more] === '0';  // storage is billed instead
    if (isRate(rates[less]) && isRate(rates[more]) && !isFreeWrite && Number(rates[less]) > Number(rates[more]))
      report(path, `${less} at ${rates[less]} costs more than ${more} at ${rates[more]}`);
  }
}

function checkTiers(card, path, report) {
  (card.context_tiers ?? []).forEach((tier, index) => {
    const at = `${path}/context_tiers/${index}/rates`;
    checkOrder({ ...card.rates, ...tier.rates }, at, report, tier.rates);
    if (tier.quote) return;
    for (const [unit, rate] of Object.entries(tier.rates))
      if (isRate(rate) && isRate(card.rates[unit]) && Number(rate) < Number(card.rates[unit]))
        report(`${at}/${unit}`, `a long prompt at ${rate} costs less than a short one at ${card.rates[unit]}`);
  });
}

// Batch and flex are discounts.
function checkMultipliers(card, table, path, report) {
  (card.multipliers ?? []).forEach((item, index) => {
    const multiplier = typeof item === 'string' ? table[item] : item;
    if (!['batch', 'flex'].includes(multiplier.when.service_tier) || multiplier.quote) return;
    const at = `${path}/multipliers/${index}`;
    const name = multiplier.when.service_tier;
    if (Number(multiplier.factor ?? 0) > 1) report(at, `${name} at ${multiplier.factor} times the standard price`);
    for (const [unit, rate] of Object.entries(multiplier.rates ?? {}))
      if (isRate(rate) && isRate(card.rates[unit]) && Number(rate) > Number(card.rates[unit]))
        report(at, `${name} ${unit} at ${rate} costs more than standard at ${card.rates[unit]}`);
  });
}

function checkMoves(model, sources, isExplained, path, report) {
  const cards = model.cards.filter(({ status }) => status !== 'retracted');
  for (let i = 1; i < cards.length; ++i) {
    const [before, after] = [cards[i - 1], cards[i]];
    if (after.quote || sources[after.source].quote || isExplained(after.id)) continue;
    for (const [unit, rate] of Object.entries(after.rates)) {
      const old = before.rates[unit];
      if (!isRate(rate) || !isRate(old) || Number(rate) === 0 || Number(old) === 0) continue;
      const move = Number(rate) / Number(old);
      if (move > kLargestMove || move < 1 / kLargestMove)
        report(`${path}/cards/${model.cards.indexOf(after)}/rates/${unit}`,
          `${old} became ${rate}, more than ${kLargestMove} times; give the vendor's words in quote, or a reason in disagreements.json`);
    }
  }
}

/** `isExplained(card id)`: a leap of this card's prices has a reason. */
export function checkSanity(document, isExplained, report) {
  document.models.forEach((model, index) => {
    const path = `/models/${index}`;
    model.cards.forEach((card, at) => {
      const here = `${path}/cards/${at}`;
      if (!card.quote) checkOrder(card.rates, `${here}/rates`, report);
      checkTiers(card, here, report);
      checkMultipliers(card, document.multipliers ?? {}, here, report);
      (card.windows ?? []).forEach((window, i) => checkOrder({ ...card.rates, ...window.rates },
        `${here}/windows/${i}/rates`, report, window.rates ?? {}));
    });
    checkMoves(model, document.sources, isExplained, path, report);
  });
}
