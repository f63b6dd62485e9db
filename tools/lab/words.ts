/** The words of the command `npm run lab`. */
import type { MemorySummary } from '../../src/engine/cpu/plan/describe.ts';
import type { DispatchRow, PlanSummary } from '../../src/engine/webgpu/plan/describe.ts';
import { number, percent, bytes as size } from '../../src/messages/format.ts';
import type { NetworkResult } from './page/lines.ts';
import type { SweepGroup } from './page/sweepLines.ts';

function share(error: number | null): string {
  return error === null ? '–' : percent(error);
}

/** Mean and range: 31.6% [30.2%–33.4%]. */
function spread(errors: SweepGroup['trainError']): string {
  return errors === null ? '–' : `${percent(errors.mean)} [${percent(errors.low)}–${percent(errors.high)}]`;
}

export const words = {
  referenceBackend: (backend: string) =>
    `The reference engine has no backends, so --backend=${backend} cannot be used with it.`,
  experiment: (reason: string) => `--exp is not an experiment that can be run: ${reason}`,
  noData: (path: string) => `--data: there is no file or folder ${path}.`,
  data: (sentence: string) => `--data: ${sentence}`,
  noImages: (title: string) =>
    `The link asks for the images “${title}”, which the program would have to read: add --data with the file that has them.`,
  unwritable: (file: string, reason: string) => `The file ${file} of --out cannot be written (${reason}).`,
  results: (file: string, reason: string) => `The results file ${file} cannot be used (${reason}).`,
  examine: '--examine prints JSON records of single experiments: add --json or --out, and leave out --sweep.',
  untrained: '--untrained says when to examine: add --examine, for instance --examine blocks.',
  figures: '--figures trains for a program that repeats the run: add --code pytorch.',
  sweepOnly: (option: string) => `--${option} is for sweeps: add --sweep, for instance --sweep depth:8,20,38,56.`,
  unavailable: (what: string, reason: string) => `The ${what} asked for cannot run in this browser: ${reason}`,
  help: `Usage: npm run --silent lab -- [options]

Trains an experiment or a sweep in a headless browser, with the page's own code, and prints what was measured.

  --exp HASH          the experiment, as in the page's link (#v=1&a=plain-20&…); default: the page's
  --data FILE         train on these images instead of the built-in ones: IDX files, CIFAR’s archives, .npz, or a zip
                      or folder of pictures in folders of their classes; may be given more than once
  --steps N           train exactly N steps: takes the place of the experiment's steps, where its schedule ends
  --engine NAME       webgpu, cpu, tfjs or reference; default: the page's choice
  --backend NAME      of tfjs: wasm, webgl, webgpu or cpu; default: the page's choice
  --plan              train nothing: list every dispatch of the fused engine's plan, its memory, and that of the
                      engine for processors
  --code FRAMEWORK    train nothing: print a program. pytorch repeats this run from the same numbers and prints
                      the same records, or with --sweep trains the sweep on other machines; keras and
                      tensorflowjs hold the first network. With --data, pytorch also saves the images as it reads
                      them, beside --out or here
  --figures           with --code pytorch: train it first, for the program to compare itself with (--verify)
  --json              print one JSON record a line, the result last, instead of a table
  --out FILE          write the JSON records to a file
  --examine LIST      examine the trained networks, a record each: answers, blocks, confusion,
                      distributions, gradients, inside, lossLine, lossPlane, removals, shattering, swaps
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
  cells: ({ label, depth, parameters, trainError, testError, divergedAt }: NetworkResult): string[] => [
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
    cells: ({ value, kind, trainError, testError, runs, divergedAt }: SweepGroup): string[] => [
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

const millions = (flops: number) => (flops === 0 ? '–' : number(flops / 1e6));

/** The words of `--plan`. */
export const plan = {
  title: (label: string, batch: number) =>
    `${label}, ${number(batch)} images in a minibatch, as planned for a hardware GPU`,
  columns: ['Op', 'Layer', 'Makes', 'Workgroups', 'MFLOP', 'Bytes'] as const,
  cells: ({ op, layer, shape, workgroups, flops, bytes }: DispatchRow): string[] => [
    op,
    layer,
    shape.join('×'),
    number(workgroups),
    millions(flops),
    size(bytes),
  ],
  totals: ({ dispatches, kernels, flops, kept, activations, blocks, arenas }: PlanSummary): string[] => [
    `${number(dispatches.length)} dispatches of ${number(kernels)} different kernels; ${millions(flops)} MFLOP a step.`,
    `Activations that backpropagation must keep: ${size(kept)}.`,
    `All activations and their gradients, in ${number(blocks)} shared blocks: ${size(activations)}, ${number(activations / kept)} times that.`,
    `With parameter gradients, their parts and measurements: ${size(activations + arenas)}, ${number((activations + arenas) / kept)} times.`,
    'Bytes are those of every buffer that a dispatch binds, once; of the data set, those of one minibatch.',
  ],
  cpu: ({ kept, activations, plan: all, parameters }: MemorySummary): string[] => [
    `On processors, what backpropagation must keep of the minibatch: ${size(kept)}.`,
    `All activations and their gradients, which share memory: ${size(activations)}, ${number(activations / kept)} times that.`,
    `With parts of the parameters' gradients and measurements: ${size(all)}; parameters, their gradients and moments: ${size(parameters)}.`,
  ],
};
