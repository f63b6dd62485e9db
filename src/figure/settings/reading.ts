import { inRange, type Range } from '../../experiment/limits.ts';
import type { ListSetting } from '../../experiment/settings.ts';
import { readSetting } from '../../experiment/settingText.ts';
import { number, signed } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import type { Reading } from '../../ui/EntryField.tsx';

const words = text.app.settings;

/** A setting's value for a field: short, and read back as the same number. */
export function settingText(value: number): string {
  return signed(value !== 0 && Math.abs(value) < 1e-4 ? value.toExponential() : String(value));
}

/** Which values a setting takes, in words. */
export function rangeText(range: Range): string {
  const [min, max] = [number(range.min), number(range.max)];
  return range.above ? words.rangeAbove(min, max) : words.range(min, max, range.integer);
}

/** What was typed into the field of a setting with this range, the minus sign a true one or a hyphen. Commas are refused: 6,000 may mean six, or six thousand. */
export function readNumber(typed: string, range: Range): Reading<number> {
  const trimmed = typed.trim();
  const value = trimmed === '' ? Number.NaN : Number(trimmed.replaceAll('−', '-'));
  if (Number.isNaN(value)) return { error: words.notANumber(trimmed, rangeText(range)) };
  return inRange(value, range) ? { value } : { error: words.outOfRange(trimmed, rangeText(range)) };
}

/** What was typed into the field of a list: numbers, whatever stands between them. */
export function readList(typed: string, setting: ListSetting): Reading<string> {
  const read = readSetting(setting, '', typed);
  if (read.ok) return { value: String(read.value) };
  const allowed = rangeText(setting.range);
  return {
    error:
      read.problem.code === 'spec.notANumber'
        ? words.notNumbers(typed.trim(), allowed)
        : words.outOfRange(typed.trim(), allowed),
  };
}
