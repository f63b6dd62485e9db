/** How the setting that a sweep varies is drawn and called. */

import type { SettingValue } from '../experiment/settings.ts';
import { axisSetting, type Sweep, type SweepAxis } from '../experiment/sweep/sweep.ts';
import type { RunAxis } from '../figure/finalRuns.ts';
import { signed } from '../messages/format.ts';
import { text } from '../messages/messages.ts';

/** From this ratio of the largest to the smallest value on, a logarithmic axis tells the small ones apart. */
const LOG_RATIO = 8;

/** What the axis measures. */
export function axisLabel(axis: SweepAxis): string {
  return axis === 'depth' ? text.charts.depth.axis : text.settings[axis].label.toLowerCase();
}

/** A value of the axis, in words. */
export function valueName(axis: SweepAxis, value: SettingValue): string {
  const words = text.settings[axis];
  const choices: Readonly<Record<string, string>> = 'choices' in words ? words.choices : {};
  return choices[value] ?? signed(String(value));
}

/** Where a value stands: numbers at their size, choices at their index. */
export function placeOf({ axis, values }: Sweep, value: SettingValue): number {
  return axisSetting(axis).kind === 'number' ? Number(value) : values.indexOf(value);
}

export function runAxis(sweep: Sweep): RunAxis {
  const { axis, values } = sweep;
  const places = values.map((value) => placeOf(sweep, value));
  const low = Math.min(...places);
  const isLog =
    axis !== 'depth' && axisSetting(axis).kind === 'number' && low > 0 && Math.max(...places) / low >= LOG_RATIO;
  const name = (at: number) => {
    const value = values.find((candidate) => placeOf(sweep, candidate) === at);
    return value === undefined ? String(at) : valueName(axis, value);
  };
  const label = axisLabel(axis);
  const words = (at: number) => (axis === 'depth' ? text.charts.depth.at(at) : `${label} ${name(at)}`);
  return { kind: isLog ? 'log' : 'linear', label, name, words };
}
