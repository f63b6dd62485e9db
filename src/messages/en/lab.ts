/** The words of the engines' choice, the training worker and the store, and of the command `npm run lab`. */

import type { Problem } from '../../experiment/problem.ts';
import { number, percent, plural } from '../format.ts';

/** Why a GPU was lost, for brackets. */
function lossReason(values: Problem['values']): string {
  return String(values.reason).replace(/\.$/, '') || 'the browser does not say why';
}

export const labProblems = {
  'engine.failedToStart': 'The engine {engine} did not start ({reason}); the next best is used instead.',
  'engine.silentGpu':
    'The browser did not answer when it was asked for a GPU, so the networks are trained without one. Reload the page to ask again.',
  'engine.slow':
    'The engine has been loading for ten seconds: the connection is slow or stuck. The page goes on waiting; reload it if nothing happens.',
  'engine.refused':
    'The engine {engine} cannot train these networks ({reason}); the next best is used instead, which is slower.',
  'engine.refusedExamination':
    'The engine cannot examine this network ({reason}). Its training is not affected; another engine (?engine=tfjs) may.',
  'engine.lost': (v: Problem['values']) =>
    `The GPU was lost (${lossReason(v)}). Training goes on from step ${number(Number(v.step))}, the latest copy: ${plural(Number(v.lost), { one: '# step is', other: '# steps are' })} trained again.`,
  'engine.lostBuilding': (v: Problem['values']) =>
    `The GPU was lost (${lossReason(v)}) while the networks were being built: they are built anew.`,
  'engine.resumed': (v: Problem['values']) =>
    `Training goes on from step ${number(Number(v.step))}, the latest copy: ${plural(Number(v.lost), { one: '# step is', other: '# steps are' })} trained again.`,
  'engine.none': 'No engine runs in this browser ({reason}). Update the browser, or try another one.',
  'worker.unexpected': 'Training stopped because of an unexpected error: {reason}. Retry starts it again.',
  'worker.notStarted':
    'The training worker could not be started ({reason}). Retry tries again; if that fails, reload the page, or open it by itself if it stands in a frame.',
  'worker.crashed':
    'The training worker stopped working, or could not be loaded. {reason} Retry starts it again; if that fails, reload the page.',
  'store.engineResets': 'Another engine computes now: training starts again from step 0.',
  'graft.notInserted':
    'These networks are not the trained one with layers inserted, so they cannot go on from what it has learned.',
  'lab.referenceBackend': 'The reference engine has no backends, so --backend={backend} cannot be used with it.',
  'lab.experiment': '--exp is not an experiment that can be run: {reason}',
  'lab.unwritable': 'The file {file} of --out cannot be written ({reason}).',
  'lab.results': 'The results file {file} cannot be used ({reason}).',
  'lab.examine': '--examine prints JSON records of single experiments: add --json or --out, and leave out --sweep.',
  'lab.untrained': '--untrained says when to examine: add --examine, for instance --examine blocks.',
  'lab.sweepOnly': '--{option} is for sweeps: add --sweep, for instance --sweep depth:8,20,38,56.',
  'lab.unavailable': 'The {what} asked for cannot run in this browser: {reason}',
};

interface LabResultRow {
  readonly label: string;
  readonly depth: number;
  readonly parameters: number;
  readonly trainError: number | null;
  readonly testError: number | null;
  readonly divergedAt: number | null;
}

interface ErrorSpread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The runs of one value and kind of a sweep. */
interface SweepRow {
  readonly value: string | number;
  readonly kind: string;
  readonly runs: number;
  readonly divergedAt: readonly number[];
  readonly trainError: ErrorSpread | null;
  readonly testError: ErrorSpread | null;
}

function share(error: number | null): string {
  return error === null ? '–' : percent(error);
}

/** Mean and range: 31.6% [30.2%–33.4%]. */
function spread(errors: ErrorSpread | null): string {
  return errors === null ? '–' : `${percent(errors.mean)} [${percent(errors.low)}–${percent(errors.high)}]`;
}

export const lab = {
  help: `Usage: npm run --silent lab -- [options]

Trains an experiment or a sweep in a headless browser, with the page's own code, and prints what was measured.

  --exp HASH          the experiment, as in the page's link (#v=1&a=plain-20&…); default: the page's
  --steps N           train exactly N steps: takes the place of the experiment's steps, where its schedule ends
  --engine NAME       webgpu, tfjs or reference; default: the page's choice
  --backend NAME      of tfjs: wasm, webgl, webgpu or cpu; default: the page's choice
  --plan              train nothing: list every dispatch of the fused engine's plan, and its memory
  --json              print one JSON record a line, the result last, instead of a table
  --out FILE          write the JSON records to a file
  --examine LIST      examine the trained networks, a record each: blocks, confusion, distributions,
                      gradients, inside, lossLine, lossPlane, removals, shattering, swaps
  --untrained         examine them as they start, and train nothing
  --sweep AXIS:LIST   train a sweep instead: the first network with one setting varied, for instance
                      depth:8,20,38,56 (the list may be left out), lr:0.01,0.1 or norm:none,batch
  --kinds LIST        of its networks: plain, residual or plain,residual; default: both
  --seeds LIST        of its runs; default: 1,2,3
  --results FILE      keeps its finished runs, so that nothing is trained twice and a sweep that was ended goes
                      on where it was; default: node_modules/.cache/depthscope/cells.jsonl
  --help              print this

Exit status: 0, or 2 with a sentence on standard error for bad input, or 1 if something else fails.
`,
  columns: ['Network', 'Depth', 'Parameters', 'Training error', 'Test error', ''] as const,
  cells: ({ label, depth, parameters, trainError, testError, divergedAt }: LabResultRow): string[] => [
    label,
    number(depth),
    number(parameters),
    share(trainError),
    share(testError),
    divergedAt === null ? '' : `overflow at step ${number(divergedAt)}`,
  ],
  speed: (engine: string, backend: string, device: string, msPerStep: number | null) =>
    `${engine}, ${backend} (${device})${msPerStep === null ? '' : `: ${number(Math.round(msPerStep))} ms per step`}`,
  sweep: {
    columns: (axis: string) => [axis, 'Networks', 'Training error', 'Test error', 'Runs', ''],
    cells: ({ value, kind, trainError, testError, runs, divergedAt }: SweepRow): string[] => [
      String(value),
      kind,
      spread(trainError),
      spread(testError),
      number(runs),
      divergedAt.length === 0 ? '' : `${number(divergedAt.length)} diverged, first at step ${Math.min(...divergedAt)}`,
    ],
    engine: (engine: string, backend: string, device: string) => `${engine}, ${backend} (${device})`,
  },
  crashed: 'The browser ended before the training did.',
};
