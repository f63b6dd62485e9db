import { type Experiment, originalBlocks } from '../experiment/experiment.ts';
import { recognizeFamily } from '../experiment/families.ts';
import { stackNameOf } from '../experiment/names.ts';
import { isBlockAxis, type SweepAxis } from '../experiment/sweep/sweep.ts';
import { text } from '../messages/messages.ts';

/** What all cells of a sweep have in common, in a line: without what is on the axis. */
export function baseText({ networks: [first], training }: Experiment, axis: SweepAxis): string {
  if (!first) return '';
  const family = recognizeFamily(first.stack);
  const { choices } = text.spec;
  const { preset } = family ?? {};
  const blocks = { ...first, ...(isBlockAxis(axis) && { [axis]: originalBlocks[axis] }) };
  const parts: [SweepAxis | 'name' | 'blocks', string][] = [
    ['name', preset && axis === 'depth' ? text.names.presets[preset] : text.names.stack(stackNameOf(first))],
    ['width', family ? text.sweep.base.width(family.width) : ''],
    ['norm', text.sweep.base.norm(choices.norm[first.norm])],
    ['act', choices.act[first.act]],
    ['init', text.sweep.base.init(choices.init[first.init], first.gain)],
    ['blocks', text.blocks.inShort(blocks)],
    ['opt', choices.opt[training.opt]],
    ['lr', text.sweep.base.lr(training.lr, choices.schedule[training.schedule])],
    ['batch', text.sweep.base.batch(training.batch)],
    ['steps', text.sweep.base.steps(training.steps)],
  ];
  return text.sweep.base.joined(parts.flatMap(([key, words]) => (key === axis || words === '' ? [] : [words])));
}
