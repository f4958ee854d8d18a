// Asks the engine on both sides of every edge of a price list: the prompt just below, at and above each
// threshold, and the first and last second of each window of a week, on the vendor's clock.
import { cardAt } from './book.mjs';

const kDay = 86_400_000;
const kDays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

// A day inside the card's period.
function dayOf(card) {
  const [from, to] = [Date.parse(card.effective_from ?? ''), Date.parse(card.effective_to ?? '')];
  if (!Number.isNaN(from)) return Number.isNaN(to) || to - from > 2 * kDay ? from + kDay : from;
  return Number.isNaN(to) ? Date.parse('2026-06-01') : to - kDay;
}

function thresholdCases(model, card) {
  const tiers = card.context_tiers ?? [];
  if (tiers.some(({ mode }) => mode === 'marginal')) return [];
  const expected = (prompt) => {
    const held = tiers.filter(({ op, threshold }) => (op === '>=' ? prompt >= threshold : prompt > threshold)).at(-1);
    return held ? `${held.op}${held.threshold}` : null;
  };
  return tiers.filter(({ ambiguous }) => !ambiguous).flatMap(({ threshold }) =>
    [threshold - 1, threshold, threshold + 1].map((prompt) => ({
      request: { model: model.model, at: new Date(dayOf(card)).toISOString(), usage: { input_tokens: prompt } },
      read: ({ card: answer }) => answer?.context_tier?.replaceAll(' ', '') ?? null, expected: expected(prompt),
      what: `a prompt of ${prompt}` })));
}

const minutes = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

function windowCases(model, card, calendars) {
  const windows = card.windows ?? [];
  if (windows.length === 0) return [];
  const offset = (windows[0].tz_offset.startsWith('-') ? -1 : 1) * minutes(windows[0].tz_offset.slice(1)) * 60_000;
  const isHoliday = (window, date) => window.except_holidays
    && calendars.find(({ calendar }) => calendar === window.except_holidays)?.years[date.slice(0, 4)]?.holidays.includes(date);
  // Vendor time is carried as if it were UTC.
  const expected = (local) => {
    const date = new Date(local).toISOString().slice(0, 10);
    const minute = (local % kDay) / 60_000;
    return windows.find((window) => window.days.includes(kDays[new Date(local).getUTCDay()]) && !isHoliday(window, date)
      && minute >= minutes(window.from) && minute < minutes(window.to))?.name ?? null;
  };
  const start = Math.floor((dayOf(card) + offset) / kDay) * kDay + kDay;
  const edges = [...Array(7).keys()].flatMap((day) => windows.flatMap(({ from, to }) =>
    [minutes(from) * 60_000, minutes(to) * 60_000 - 1000, minutes(to) * 60_000].map((at) => start + day * kDay + at)));
  return [...new Set(edges)].map((local) => ({ local, utc: local - offset }))
    .filter(({ utc }) => cardAt(model, utc) === card)
    .map(({ local, utc }) => ({
      request: { model: model.model, at: new Date(utc).toISOString(), usage: { input_tokens: 1 } },
      read: ({ card: answer }) => answer?.window ?? null, expected: expected(local),
      what: new Date(local).toISOString().slice(0, 19) + windows[0].tz_offset }));
}

export function checkBoundaries(document, all, ask, report) {
  const calendars = all.filter(({ schema }) => schema === 'tokenlever.calendar/1');
  const cases = document.models.flatMap((model, index) => model.cards.flatMap((card, at) => {
    if (card.status === 'retracted') return [];
    const path = `/models/${index}/cards/${at}`;
    return [...thresholdCases(model, card), ...windowCases(model, card, calendars)].map((each) => ({ ...each, path }));
  }));
  const answers = cases.length === 0 ? [] : ask(cases.map(({ request }) => ({ ...request, provider: document.provider })));
  cases.forEach(({ read, expected, what, path }, index) => {
    const got = read(answers[index]);
    if (got !== expected) report(path, `${what} is billed at ${got ?? 'the base rates'}, not at ${expected ?? 'the base rates'}`);
  });
}
