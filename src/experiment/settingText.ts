/** Values of settings: which are possible, how links write them, and the nearest that is possible. */
import { inRange, type Range, rangeValues } from './limits.ts';
import { nearestWord } from './nearestWord.ts';
import { type Problem, problem, shorten } from './problem.ts';
import { failure, type Result, success } from './result.ts';
import { type ChoiceSetting, listText, type Setting, type SettingValue } from './settings.ts';

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
  const numbers = setting.kind === 'list' ? numbersOf(value) : [value];
  if (!numbers?.every((each) => typeof each === 'number')) return { code: 'notANumber' };
  const { range } = setting;
  return numbers.every((each) => inRange(each, range)) ? null : { code: 'outOfRange', values: rangeValues(range) };
}

const decimal = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/;

/** The numbers of a list, rising, each once; undefined where one of its parts is none. What stands between them, hyphens or commas, makes no difference. */
function numbersOf(text: SettingValue): readonly number[] | undefined {
  const parts = String(text)
    .split(/[-–,;/+%\s]+/)
    .filter((part) => part !== '');
  if (parts.length === 0 || !parts.every((part) => decimal.test(part))) return undefined;
  return [...new Set(parts.map(Number))].sort((one, other) => one - other);
}

/** What a setting's text says, whether or not the setting can have it. */
function read(setting: Setting, text: string): SettingValue | undefined {
  switch (setting.kind) {
    case 'choice':
      return setting.choices.find((candidate) => String(candidate) === text);
    case 'list': {
      const numbers = numbersOf(text);
      return numbers && listText(numbers);
    }
    case 'number':
      // Not -0: links would write it as 0.
      return decimal.test(text) ? Number(text) + 0 : undefined;
  }
}

/**
 * Reads a setting as links write it.
 * @param key as written, for the sentence
 */
export function readSetting(setting: Setting, key: string, text: string): Result<SettingValue> {
  const found = read(setting, text.trim().toLowerCase());
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

/** Reads a setting of a link, which is to be followed as far as it goes. @param usual what is used where no value is near; empty in a lesson, which has its own */
export function readLinkedSetting(setting: Setting, key: string, text: string, usual: SettingValue): LinkedValue {
  const asked = readSetting(setting, key, text);
  if (asked.ok) return { value: asked.value, problem: null };
  const value = nearest(setting, text.trim().toLowerCase());
  const of = { key, value: shorten(text) };
  if (setting.kind === 'choice') {
    const choices = setting.choices.join(' ');
    if (value === undefined)
      return { value, problem: problem('link.notAChoice', { ...of, choices, used: String(usual) }) };
    return { value, problem: problem('changed.choice', { ...of, choices, used: String(value) }) };
  }
  if (value === undefined) return { value, problem: problem('link.notANumber', { ...of, used: String(usual) }) };
  const range = rangeValues(setting.range);
  return { value, problem: problem('changed.number', { ...of, ...range, used: String(value) }) };
}

/** What is nearest to a number that must be above 0: so little that nothing is seen of it. */
const LEAST = 1e-6;

/** The value of a setting that is nearest to a text; undefined where none is near. */
function nearest(setting: Setting, text: string): SettingValue | undefined {
  const wanted = decimal.test(text) ? Number(text) : undefined;
  switch (setting.kind) {
    case 'choice':
      return wanted === undefined ? nearestChoice(setting, text) : nearestNumber(setting, wanted);
    case 'list': {
      const numbers = numbersOf(text)?.map((each) => within(setting.range, each));
      return numbers && listText([...new Set(numbers)]);
    }
    case 'number':
      return wanted === undefined ? undefined : within(setting.range, wanted);
  }
}

function within({ min, max, integer, above }: Range, wanted: number): number {
  const value = Math.min(max, Math.max(min, integer ? Math.round(wanted) : wanted)) + 0;
  return above && value === min ? min + LEAST : value;
}

/** The choice that is nearest to a number; undefined where choices are words. */
function nearestNumber({ choices }: ChoiceSetting, wanted: number): SettingValue | undefined {
  const numbers = choices.filter((choice) => typeof choice === 'number');
  if (numbers.length < choices.length) return undefined;
  return numbers.reduce((best, each) => (Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best));
}

/** What frameworks and papers also call choices, without hyphens and underscores. */
const otherNames: Readonly<Record<string, string>> = {
  bn: 'batch',
  batchnorm: 'batch',
  gn: 'group',
  groupnorm: 'group',
  glorot: 'xavier',
  kaiming: 'he',
  layernorm: 'layer',
  leakyrelu: 'leaky',
  ln: 'layer',
  logistic: 'sigmoid',
  multistep: 'steps',
  nag: 'nesterov',
  preact: 'pre',
  preactivation: 'pre',
  swish: 'silu',
};

/** The word that is meant by one that a setting does not know; undefined where none is near. */
function nearestChoice({ choices }: ChoiceSetting, wanted: string): SettingValue | undefined {
  const words = choices.filter((choice) => typeof choice === 'string');
  const meant = otherNames[wanted.replace(/[-_]/g, '')];
  return words.find((word) => word === meant) ?? nearestWord(wanted, words) ?? undefined;
}
