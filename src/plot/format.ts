/** Numbers as charts write them: short, aligned, with true superscripts. */
import { power, signed } from '../messages/format.ts';

/** A tick's number without trailing zeros: 0.5, 25, −0.2. */
export function short(value: number): string {
  return signed(String(Number(value.toPrecision(6))));
}

/** A measured value to three significant digits: 0.0213, 12.4, 3.41·10⁻⁷; NaN and ∞ by name. */
export function exact(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 9999.5) return signed(size >= 99.95 ? value.toFixed(0) : value.toPrecision(3));
  const [digits = '', exponent = '0'] = value.toExponential(2).split('e');
  return `${signed(digits)}·${power(Number(exponent))}`;
}
