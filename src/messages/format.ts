/** How numbers and plurals are written; a translation brings its own locale. */

const locale = 'en';
const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
const rules = new Intl.PluralRules(locale);
const choices = new Intl.ListFormat(locale, { type: 'disjunction' });
const listings = new Intl.ListFormat(locale, { type: 'conjunction' });

/** Digits with a true minus sign, which is as wide as a plus; a hyphen would look like a dash in a range. */
export function signed(digits: string): string {
  return digits.replace('-', '−');
}

/** A number for reading: integers in full, others to four significant digits, very small ones as powers of ten. */
export function number(value: number): string {
  if (Number.isInteger(value)) return signed(integers.format(value));
  return Math.abs(value) < 1e-4 ? scientific(value, 3) : signed(decimals.format(value));
}

/** A number as a multiple of a power of ten, for instance 3.41·10⁻⁷; `digits` are kept, trailing zeros left out. */
function scientific(value: number, digits: number): string {
  const [factor = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  return `${signed(String(Number(factor)))}·${power(Number(exponent))}`;
}

const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

/** A power of ten: 10⁻³. */
export function power(exponent: number): string {
  return `10${[...String(exponent)].map((sign) => superscripts[sign] ?? sign).join('')}`;
}

/** A fraction as a percentage with one decimal, always: figures stay aligned while they change. */
export function percent(fraction: number): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(1)}%` : 'NaN';
}

const byteUnits = ['bytes', 'KB', 'MB', 'GB'] as const;

/** A size in memory or on the wire, in decimal units. */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(value) / 3));
  return `${new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(value / 1000 ** power)} ${byteUnits[power]}`;
}

/** Alternatives in a sentence: "none or batch". */
export function alternatives(values: readonly string[]): string {
  return choices.format(values);
}

/**
 * The form of a phrase that fits a count; `#` in it stands for the number.
 * @example plural(2, { one: '# layer', other: '# layers' }) // "2 layers"
 */
export function plural(
  count: number,
  forms: { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>,
): string {
  return (forms[rules.select(count)] ?? forms.other).replace('#', number(count));
}

/** Counts of one thing, where several are possible: "128 images", "128 and 256 images". */
export function counts(values: readonly number[], one: string, other: string): string {
  return `${listings.format(values.map(number))} ${values.length === 1 && values[0] === 1 ? one : other}`;
}

/** Steps by their numbers: "step 3", "steps 3 and 10". */
export function stepNumbers(steps: readonly number[]): string {
  return `${steps.length === 1 ? 'step' : 'steps'} ${listings.format(steps.map(number))}`;
}

/** @param seconds more than none */
export function timeLeft(seconds: number): string {
  const said =
    seconds < 90
      ? plural(Math.ceil(seconds), { one: '# second', other: '# seconds' })
      : plural(Math.round(seconds / 60), { one: '# minute', other: '# minutes' });
  return `about ${said} left`;
}
