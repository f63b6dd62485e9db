/** The words of sweeps: what can be wrong with one, and the view that trains it. */
import type { Problem } from '../spec/problem.ts';
import { spec } from './enSpec.ts';
import { number, plural } from './format.ts';

type Values = Problem['values'];

function axisName(values: Values): string {
  return new Map<string, string>(Object.entries(spec.settings)).get(String(values.key)) ?? String(values.key);
}

export const sweepProblems = {
  'sweep.noValues': (v: Values) =>
    `The sweep is empty: it has no values of ${axisName(v).toLowerCase()}. Name at least one.`,
  'sweep.noKinds': 'The sweep is empty: choose plain networks, residual networks, or both.',
  'sweep.noSeeds': 'The sweep is empty: it has no seeds. Name at least one, for instance 1.',
  'sweep.duplicateValue': (v: Values) =>
    `${axisName(v)} ${v.value} is there twice, and would give the same runs twice. Remove one.`,
  'sweep.duplicateSeed':
    'Seed {seed} is there twice, and would give the same run twice. Remove one, or choose another.',
  'sweep.tooManyValues':
    'A sweep over {values} values cannot be told apart in one picture; at most {limit} are allowed.',
  'sweep.tooManyCells': (v: Values) =>
    `The sweep has ${number(Number(v.cells))} runs; at most ${number(Number(v.limit))} are allowed. Remove values or seeds.`,
  'sweep.customStack': (v: Values) =>
    `The first network is a custom stack, so its ${axisName(v).toLowerCase()} cannot be varied. Choose another axis, or a family for the first network.`,
  'sweep.noTwin':
    'The first network has no blocks, so there is no {kind} form of it. Leave {kind} networks out, or give it plain or residual blocks.',
  'sweep.unknownAxis': '“{axis}” cannot be the axis of a sweep; possible are {axes}.',
  'sweep.unknownKind': '“{kind}” is no kind of network: write plain, residual, or both.',
  'kept.memory':
    'This browser does not let the page store anything (a private window, or a frame): finished runs last until the page is closed.',
  'kept.full':
    'The browser has no room left to store finished runs: the last ones last until the page is closed. Free some disk space, or delete runs from the library.',
  'kept.failed': 'A finished run could not be stored ({reason}): it lasts until the page is closed.',
  'sweep.inLink': (v: Values) => `The sweep in the link is replaced by the usual one. ${v.reason}`,
};

export const sweep = {
  runs: (count: number) => plural(count, { one: '# run', other: '# runs' }),
};
