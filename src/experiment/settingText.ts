/** Values of settings: which are possible, how links write them, and the nearest that is possible. */
import { inRange, rangeValues } from './limits.ts';
import { nearestWord } from './nearestWord.ts';
import { type Problem, problem, shorten } from './problem.ts';
import { failure, type Result, success } from './result.ts';
import type { Setting, SettingValue } from './settings.ts';

/** What is wrong with a value, as the end of a problem's code and what its sentence mentions. */
type Complaint =
  | { readonly code: 'outOfRange'; readonly values: ReturnType<typeof rangeValues> }
  | { readonly code: 'notAChoice'; readonly values: { readonly choices: string } }
  | { readonly code: 'notANumber' };

/** A complaint about a value, as a problem. */
export function settingProblem(
  complaint: Complaint,
  of: { readonly key: string; readonly value: SettingValue; readonly network?: string },
): Problem {
  switch (complaint.code) {
    case 'outOfRange':
      return problem('spec.outOfRange', { ...of, ...complaint.values });
    case 'notAChoice':
      return problem('spec.notAChoice', { ...of, ...complaint.values });
    case 'notANumber':
      return problem('spec.notANumber', of);
  }
}

/** Whether a setting can have a value. */
export function checkSetting(setting: Setting, value: SettingValue): Complaint | null {
  if (setting.kind === 'choice') {
    return setting.choices.includes(value)
      ? null
      : { code: 'notAChoice', values: { choices: setting.choices.join(' ') } };
  }
  if (typeof value !== 'number') return { code: 'notANumber' };
  return inRange(value, setting.range) ? null : { code: 'outOfRange', values: rangeValues(setting.range) };
}

const decimal = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/;

/**
 * Reads a setting as links write it.
 * @param key as written, for the sentence
 */
export function readSetting(setting: Setting, key: string, text: string): Result<SettingValue> {
  const lower = text.trim().toLowerCase();
  const found =
    setting.kind === 'choice'
      ? setting.choices.find((candidate) => String(candidate) === lower)
      : decimal.test(lower)
        ? // Not -0: links would write it as 0.
          Number(lower) + 0
        : undefined;
  const complaint: Complaint | null = checkSetting(setting, found ?? text);
  if (found !== undefined && complaint === null) return success(found);
  return failure(settingProblem(complaint ?? { code: 'notANumber' }, { key, value: shorten(text) }));
}

export interface LinkedValue {
  /** As written, or the nearest that the setting can have; undefined where no value is near. */
  readonly value: SettingValue | undefined;
  /** What was changed or ignored, and why. */
  readonly problem: Problem | null;
}

/** Reads a setting of a link, which is to be followed as far as it goes. */
export function readLinkedSetting(setting: Setting, key: string, text: string): LinkedValue {
  const read = readSetting(setting, key, text);
  if (read.ok) return { value: read.value, problem: null };
  const value = decimal.test(text.trim()) ? nearest(setting, Number(text)) : nearestChoice(setting, text);
  const of = { key, value: shorten(text) };
  if (setting.kind === 'choice') {
    const choices = setting.choices.join(' ');
    if (value === undefined) return { value, problem: problem('link.notAChoice', { ...of, choices }) };
    return { value, problem: problem('changed.choice', { ...of, choices, used: String(value) }) };
  }
  if (value === undefined) return { value, problem: problem('link.notANumber', of) };
  const range = rangeValues(setting.range);
  return { value, problem: problem('changed.number', { ...of, ...range, used: String(value) }) };
}

/** What is nearest to a number that must be above 0: so little that nothing is seen of it. */
const LEAST = 1e-6;

/** The value of a setting that is nearest to a number; undefined where values are words. */
function nearest(setting: Setting, wanted: number): SettingValue | undefined {
  if (setting.kind === 'number') {
    const { min, max, integer, above } = setting.range;
    const value = Math.min(max, Math.max(min, integer ? Math.round(wanted) : wanted)) + 0;
    return above && value === min ? min + LEAST : value;
  }
  const numbers = setting.choices.filter((choice) => typeof choice === 'number');
  if (numbers.length < setting.choices.length) return undefined;
  return numbers.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best));
}

/** The word that is meant by one that a setting does not know; undefined where none is near. */
function nearestChoice(setting: Setting, wanted: string): SettingValue | undefined {
  if (setting.kind === 'number') return undefined;
  const words = setting.choices.filter((choice) => typeof choice === 'string');
  return nearestWord(wanted.trim().toLowerCase(), words) ?? undefined;
}
