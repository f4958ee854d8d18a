// Exact sums and comparison of decimal strings, in 10^-18.

const kDigits = 18;

/** "0.0081", "-3", "9E-7" in 10^-18; more digits than that are an error, never rounded away. */
export function scaled(text) {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:E(-?\d+))?$/i.exec(text) ?? [];
  const missing = kDigits + Number(exponent) - fraction.length;
  if (whole === undefined || missing < 0) throw new Error(`not a decimal of at most ${kDigits} digits: ${text}`);
  const value = BigInt(whole + fraction) * 10n ** BigInt(missing);
  return sign ? -value : value;
}

export const sum = (texts) => texts.reduce((total, text) => total + scaled(text), 0n);

export function decimal(value) {
  const digits = String(value < 0n ? -value : value).padStart(kDigits + 1, '0');
  const text = `${digits.slice(0, -kDigits)}.${digits.slice(-kDigits)}`.replace(/\.?0+$/, '');
  return value < 0n ? `-${text}` : text;
}
