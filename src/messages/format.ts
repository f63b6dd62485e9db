/** How numbers, lists and plurals are written, in the language of the page. */

let language = 'en';

/** Formats are made when they are first used: each takes a browser about a millisecond, which a first picture would wait for. */
function later<T>(make: (locale: string) => T): () => T {
  let made: { readonly locale: string; readonly format: T } | null = null;
  return () => {
    if (made?.locale !== language) made = { locale: language, format: make(language) };
    return made.format;
  };
}

const numbers = (options: Intl.NumberFormatOptions) => later((locale) => new Intl.NumberFormat(locale, options));

const formats = {
  integers: numbers({ maximumFractionDigits: 0 }),
  two: numbers({ maximumSignificantDigits: 2 }),
  three: numbers({ maximumSignificantDigits: 3 }),
  four: numbers({ maximumSignificantDigits: 4 }),
  hundredths: numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  large: numbers({ maximumSignificantDigits: 2, notation: 'compact', compactDisplay: 'long' }),
  rules: later((locale) => new Intl.PluralRules(locale)),
  choices: later((locale) => new Intl.ListFormat(locale, { type: 'disjunction' })),
  days: later((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })),
  listings: later((locale) => new Intl.ListFormat(locale, { type: 'conjunction' })),
};

/** From now on numbers are written as in this language. */
export function formatIn(locale: string): void {
  language = locale;
}

/** Digits with a true minus sign, which is as wide as a plus; a hyphen would look like a dash in a range. */
export function signed(digits: string): string {
  return digits.replace('-', '−');
}

/** A number for reading: integers in full, others to four significant digits, very small ones as powers of ten. */
export function number(value: number): string {
  if (Number.isInteger(value)) return signed(formats.integers().format(value));
  return Math.abs(value) < 1e-4 ? scientific(value, 3) : signed(formats.four().format(value));
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

/** To two significant digits: 0.034, 12, 4.1 million. */
export function about(value: number): string {
  return (Math.abs(value) >= 1e6 ? formats.large() : formats.two()).format(value);
}

/** To three significant digits. */
export function rounded(value: number): string {
  return formats.three().format(value);
}

/** To a whole number. */
export function whole(value: number): string {
  return formats.integers().format(value);
}

/** With two decimals, always. */
export function hundredths(value: number): string {
  return formats.hundredths().format(value);
}

const byteUnits = ['bytes', 'KB', 'MB', 'GB'] as const;

/** A size in memory or on the wire, in decimal units. */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(value) / 3));
  return `${rounded(value / 1000 ** power)} ${byteUnits[power]}`;
}

/** Alternatives in a sentence: "none or batch". */
export function alternatives(values: readonly string[]): string {
  return formats.choices().format(values);
}

/**
 * The form of a phrase that fits a count; `#` in it stands for the number.
 * @example plural(2, { one: '# layer', other: '# layers' }) // "2 layers"
 */
export function plural(
  count: number,
  forms: { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>,
): string {
  return (forms[formats.rules().select(count)] ?? forms.other).replace('#', number(count));
}

/** Counts of one thing, where several are possible: "128 images", "128 and 256 images". */
export function counts(values: readonly number[], one: string, other: string): string {
  return `${formats.listings().format(values.map(number))} ${values.length === 1 && values[0] === 1 ? one : other}`;
}

/** Steps by their numbers: "step 3", "steps 3 and 10". */
export function stepNumbers(steps: readonly number[]): string {
  return `${steps.length === 1 ? 'step' : 'steps'} ${formats.listings().format(steps.map(number))}`;
}

/** The day of a time in ISO 8601, in UTC. */
export function day(time: string): string {
  return formats.days().format(new Date(time));
}

/** A span of time, for somebody who waits: never more exact than the estimate is. */
export function duration(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 90) return plural(seconds, { one: '# second', other: '# seconds' });
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return plural(minutes, { one: '# minute', other: '# minutes' });
  if (minutes < 48 * 60) return `${number(Math.round(minutes / 6) / 10)} hours`;
  return plural(Math.round(minutes / 1440), { one: '# day', other: '# days' });
}

/** @param seconds more than none */
export function timeLeft(seconds: number): string {
  const said =
    seconds < 90 ? plural(Math.ceil(seconds), { one: '# second', other: '# seconds' }) : duration(1000 * seconds);
  return `about ${said} left`;
}
