/** Numbers as charts write them: short, aligned, with true superscripts. */

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

/** A tick's number without trailing zeros: 0.5, 25. */
export function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** A measured value to three significant digits: 0.0213, 12.4, 3.41·10⁻⁷; NaN and ∞ by name. */
export function exact(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 9999.5) return (size >= 99.95 ? value.toFixed(0) : value.toPrecision(3)).replace('-', '−');
  const [digits = '', exponent = '0'] = value.toExponential(2).split('e');
  return `${digits.replace('-', '−')}·${power(Number(exponent))}`;
}

/** A fraction as a percentage with one decimal, always: figures stay aligned while they change. */
export function percent(fraction: number): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(1)}%` : 'NaN';
}
