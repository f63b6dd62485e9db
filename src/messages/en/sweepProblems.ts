/** What keeps a sweep, or what it has found, from being trained or kept. */
import type { Problems, SweepPart } from '../../experiment/problem.ts';
import { number, plural } from '../format.ts';
import { sentences } from '../sentences.ts';
import { settings } from './settings.ts';

function axisName({ key }: { readonly key: string }): string {
  return new Map(Object.entries(settings)).get(key)?.label ?? key;
}

/** Which lines of a file, as the subject of a sentence. */
function lines({ count, line }: { readonly count: number; readonly line: number }): string {
  return count === 1 ? `line ${number(line)} is` : `${number(count)} lines (the first is ${number(line)}) are`;
}

type Changed = Problems['changed.sweep'];
const instead = ({ asked, used }: Changed, of: string) =>
  used === ''
    ? `Left ${of} ${asked} out of the sweep in the link.`
    : `Changed ${of} ${asked} of the sweep in the link to ${used}.`;
const fewer = ({ asked, used }: Changed, of: string) =>
  used === ''
    ? `The sweep in the link is shown with the usual ${of}.`
    : `Of the ${asked} ${of} of the sweep in the link only the first ${used} are shown.`;
const changed: Readonly<Record<SweepPart, (v: Changed) => string>> = {
  axis: ({ asked, used }) =>
    used === ''
      ? 'The sweep in the link is replaced by the usual one.'
      : `The sweep in the link is read as one over “${used}”, not “${asked}”.`,
  value: (v) => instead(v, axisName(v).toLowerCase()),
  values: (v) => fewer(v, 'values'),
  kind: (v) => instead(v, 'the kind'),
  kinds: (v) => fewer(v, 'kinds'),
  seed: (v) => instead(v, 'seed'),
  seeds: (v) => fewer(v, 'seeds'),
};

export const sweepProblems = sentences({
  'sweep.noValues': (v) => `The sweep is empty: it has no values of ${axisName(v).toLowerCase()}. Name at least one.`,
  'sweep.noKinds': 'The sweep is empty: choose plain networks, residual networks, or both.',
  'sweep.noSeeds': 'The sweep is empty: it has no seeds. Name at least one, for instance 1.',
  'sweep.duplicateValue': (v) =>
    `${axisName(v)} ${v.value} is there twice, and would give the same runs twice. Remove one.`,
  'sweep.duplicateKind': 'The kind {kind} is there twice, and would give the same runs twice. Remove one.',
  'sweep.duplicateSeed':
    'Seed {seed} is there twice, and would give the same run twice. Remove one, or choose another.',
  'sweep.tooManyValues':
    'A sweep over {values} values cannot be told apart in one picture; at most {limit} are allowed.',
  'sweep.tooManyCells': (v) =>
    `The sweep has ${number(v.cells)} runs; at most ${number(v.limit)} are allowed. Remove values or seeds.`,
  'sweep.customStack': (v) =>
    `The first network is a custom stack, so its ${axisName(v).toLowerCase()} cannot be varied. Choose another axis, or a family for the first network.`,
  'sweep.noTwin':
    'The first network has no blocks, so there is no {kind} form of it. Leave {kind} networks out, or give it plain or residual blocks.',
  'sweep.unknownAxis': '“{axis}” cannot be the axis of a sweep; possible are {axes}.',
  'sweep.unknownKind': '“{kind}” is no kind of network: write plain, residual, or “plain,residual” for both.',
  'sweep.gaveWay':
    'The engine {from} could not train every run of this sweep, so all of them are trained by {to}: its results are those of one engine.',
  'weights.format':
    'This is no file of safetensors: choose one that this page, reproduce.py or the library safetensors has written.',
  'weights.tensor': 'The file is damaged: its tensor “{name}” is not where the header says. Write it again.',
  'weights.type': 'The tensor “{name}” is of type {dtype}; F32 and F64 can be read. Save it as float32.',
  'weights.missing':
    'The file has no tensor “{name}”, which this network needs ({shape}). Give its tensors the names that a saved file has.',
  'weights.shape':
    'The tensor “{name}” has the shape {found}; in this network it is {shape}. Choose weights of this network, or build theirs.',
  'weights.unknown':
    'The file holds a tensor “{name}” that this network has not. Choose weights of this network, or build theirs.',
  'weights.notFinite':
    'The tensor “{name}” holds numbers that are not finite: a network with them computes nothing. Choose weights from before they overflowed.',
  'imported.empty': '{file} holds no records: choose a file that depthscope_sweep.py, Ray or this page has written.',
  'imported.tooLarge': (v) =>
    `${v.file} has ${number(Math.round(v.bytes / 1e6))} MB; at most ${number(v.limit / 1e6)} MB are read. Divide it: it has a record a line.`,
  'imported.damaged': (v) =>
    `${v.file}: ${lines(v)} no record of a finished run, and left out. Where a line was cut off, let its writer finish.`,
  'imported.otherVersion': (v) =>
    `${v.file}: ${lines(v)} of another version of Depthscope, whose results differ, and left out. Save the program anew, and train again.`,
  'imported.otherData': (v) =>
    `${v.file}: ${lines(v)} of other images than this page trains on, and left out. Use the data files of this page.`,
  'imported.otherRun': (v) =>
    `${v.file}: ${lines(v)} left out: key, link and errors are not those of one finished run. Leave the records as they were written.`,
  'kept.memory':
    'This browser does not let the page store anything (a private window, or a frame): finished runs and choices last until the page is closed.',
  'kept.choices':
    'This browser does not let the page store choices: the theme, and how far a lesson was read, last until the page is closed.',
  'kept.unopened':
    'The database of this browser cannot be used ({reason}): finished runs last until the page is closed.',
  'kept.silent':
    'The database of this browser does not answer, perhaps because of another tab: finished runs last until the page is closed, unless it answers by then.',
  'kept.damaged': (v) =>
    `${plural(v.count, { one: '# finished run that this browser keeps is', other: '# finished runs that this browser keeps are' })} damaged, or of another version of the page: left out here, and left as they are.`,
  'kept.full':
    'The browser has no room left to store finished runs: the last ones last until the page is closed. Free some disk space, or delete runs from the library.',
  'kept.failed': 'A finished run could not be stored ({reason}): it lasts until the page is closed.',
  'kept.unread': 'The finished runs that this browser keeps could not be read ({reason}). Reload the page.',
  'kept.undeleted': 'The run could not be deleted ({reason}). Reload the page, and delete it then.',
  'changed.sweep': (v) => `${changed[v.part](v)} ${v.reason}`,
});
