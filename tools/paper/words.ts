/** The words of the command `npm run paper`. */
import { number } from '../../src/messages/format.ts';

const fixed = (value: number) => value.toFixed(6);

export const words = {
  help: `Usage: npm run --silent paper -- --data FILE [--steps N]

Trains He et al.'s ResNet-20 on CIFAR-10 as the preset of the page has it (2015, section 4.2: 128 images a step, moved and mirrored,
learning rate 0.1, weight decay 0.0001), on the engine for processors: says how far the losses of its first 20 steps are from those of
PyTorch with the same weights and minibatches, in single and in double precision, shows the loss of N steps, and how long a step takes, and would 64,000.

  --data FILE  CIFAR-10: its binary or Python archive, .npz, or a zip or folder of pictures in folders of their classes
  --steps N    how many steps to train; default: 300
  --help       print this

It needs a Chromium and a Python with torch. Exit status: 0 where the first loss agrees within 0.001 and later ones part from double precision
no more than ten times as far as PyTorch's in single precision do; else 1.
`,
  noFile: (file: string) =>
    `--data is “${file}”, but must be a file with CIFAR-10, as cifar-10-binary.tar.gz from cs.toronto.edu/~kriz/cifar.html.`,
  noData: 'The images could not be read.',
  compared: 'Step  loss here   in PyTorch   in double precision',
  step: (step: number, here: number, there: number, exact: number) =>
    `${String(step).padStart(4)}  ${fixed(here)}    ${fixed(there)}     ${fixed(exact)}`,
  apart: (steps: number, tolerance: number, here: number, there: number, agrees: boolean) =>
    `The first ${number(steps)} losses are within ${tolerance} of PyTorch’s in double precision. In 20 steps ours are up to ${here.toExponential(1)} off, and PyTorch’s own in single precision up to ${there.toExponential(1)}: ${agrees ? 'the runs are the same but for rounding' : 'the runs are NOT the same'}.`,
  curve: (steps: number) => `Loss here, mean of ${steps} steps:`,
  point: (step: number, loss: number) =>
    `${String(step).padStart(4)}  ${loss.toFixed(3)}  ${'█'.repeat(Math.round(20 * loss))}`,
  time: (ms: number, steps: number, hours: number, evaluations: number) =>
    `A step takes ${number(Math.round(ms))} ms here (median): ${number(steps)} steps would take ${number(Math.round(10 * hours) / 10)} hours, and ${number(evaluations)} evaluations besides.`,
};
