/** The words of the command `npm run paper`. */
import { number } from '../../src/messages/format.ts';

export const words = {
  help: `Usage: npm run --silent paper -- --data FILE [--steps N]

Trains He et al.'s ResNet-20 on CIFAR-10 as the preset of the page has it (2015, section 4.2: 128 images a step, moved and mirrored,
learning rate 0.1, weight decay 0.0001). In double precision, the losses of our reference engine and of PyTorch must agree within 0.001 over the
first 20 steps, from the same weights and minibatches. Beside them stand those of single precision: PyTorch's and our engine's for processors,
whose loss over N steps is shown, how long a step takes, and how long 64,000 would.

  --data FILE  CIFAR-10: its binary or Python archive, .npz, or a zip or folder of pictures in folders of their classes
  --steps N    how many steps to train; fewer than 20 also compare no more; default: 300
  --help       print this

It needs a Chromium and a Python with torch. The reference engine is plain loops: allow it half a minute a step. Exit status: 0 where the losses
agree, else 1.
`,
  noFile: (file: string) =>
    `--data is “${file}”, but must be a file with CIFAR-10, as cifar-10-binary.tar.gz from cs.toronto.edu/~kriz/cifar.html.`,
  noData: 'The images could not be read.',
  compared:
    '      in double precision         in single precision\nStep  here         PyTorch         PyTorch      here',
  step: (step: number, exact: number, double: number, single: number, here: number) =>
    `${String(step).padStart(4)}  ${exact.toFixed(9)}  ${double.toFixed(9)}     ${single.toFixed(6)}     ${here.toFixed(6)}`,
  apart: (steps: number, most: number, tolerance: number, agrees: boolean) =>
    `In double precision the losses of ${number(steps)} steps are at most ${most.toExponential(1)} from PyTorch’s, and may be ${tolerance} from them: the runs are ${agrees ? '' : 'NOT '}the same.`,
  rounding: (theirs: number, ours: number) =>
    `Single precision parts from PyTorch’s double precision by at most ${theirs.toExponential(1)} in PyTorch, and by ${ours.toExponential(1)} here.`,
  exactTime: (seconds: number) => `The reference engine took ${seconds.toFixed(1)} s a step.`,
  curve: (steps: number) => `Loss here, mean of ${steps} steps:`,
  point: (step: number, loss: number) =>
    `${String(step).padStart(4)}  ${loss.toFixed(3)}  ${'█'.repeat(Math.round(20 * loss))}`,
  time: (ms: number, steps: number, hours: number, evaluations: number) =>
    `A step takes ${number(Math.round(ms))} ms here (median): ${number(steps)} steps would take ${number(Math.round(10 * hours) / 10)} hours, and ${number(evaluations)} evaluations besides.`,
};
