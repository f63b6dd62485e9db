/** How numbers and plurals are written; a translation brings its own locale. */

const locale = 'en';
const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const decimals = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
const tiny = new Intl.NumberFormat(locale, { notation: 'scientific', maximumSignificantDigits: 3 });
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const rules = new Intl.PluralRules(locale);
const choices = new Intl.ListFormat(locale, { type: 'disjunction' });
const listings = new Intl.ListFormat(locale, { type: 'conjunction' });

/** A number for reading: integers in full, others to four significant digits, very small ones as powers of ten. */
export function number(value: number): string {
  if (Number.isInteger(value)) return integers.format(value);
  return Math.abs(value) < 1e-4 ? tiny.format(value) : decimals.format(value);
}

/** A fraction as a percentage with at most one decimal. */
export function percent(fraction: number): string {
  return percents.format(fraction);
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
