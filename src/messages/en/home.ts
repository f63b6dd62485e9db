/** The words of the first screen. */
import { number, plural } from '../format.ts';

export const home = {
  title: 'Why can’t I just add layers?',
  /** @param depth of both networks */
  lede: (depth: number) =>
    `Two networks of ${number(depth)} layers learn to name clothes in small photos: the same start, the same photos in the same order.`,
  /** Goes on with `shortcut`, and then with `around`. */
  difference: 'The only difference: in the blue one, the residual network, a',
  shortcut: 'shortcut',
  around: 'leads around every two layers.',

  bet: {
    question: 'Your bet: which makes fewer mistakes?',
    options: { plain: 'Plain', residual: 'Residual', close: 'No difference' },
    right: (bet: string) => `Your bet was “${bet}”. That is what happened.`,
    wrong: (bet: string) => `Your bet was “${bet}”. That is not what happened.`,
    open: (bet: string) => `Your bet: “${bet}”.`,
  },

  layers: 'Layers',
  train: ['Train both', 'Train'],

  /** Before anything has been trained. */
  before: [
    'These bars are measured: how much of the error’s signal reaches each layer of the untrained networks. Train both and see who learns.',
    'The bars are of the untrained networks. Train both and see who learns.',
    'Train both and see who learns.',
  ],
  /** @param batch photos in a minibatch */
  during: (batch: number) => {
    const seen = `At each step both networks see ${plural(batch, { one: '# photo', other: '# photos' })}, the same for both, and correct themselves.`;
    return [`${seen} The bars show how much of the error’s signal reaches each layer.`, seen, 'Both are learning.'];
  },

  photos: {
    title: 'Ten photos that they are never trained on',
    answer: (network: string, answer: string, isRight: boolean) =>
      `${network}: ${answer}, ${isRight ? 'right' : 'wrong'}`,
    none: 'no answer',
    plain: 'Plain',
    residual: 'Residual',
    right: (plain: number, residual: number) =>
      `Right: plain ${number(plain)} of 10, residual ${number(residual)} of 10.`,
    /** Of all test images, in the same order. */
    rightOfAll: (all: number, plain: number, residual: number) =>
      `Ten are few: of all ${number(all)} it is ${number(plain)} and ${number(residual)}.`,
  },

  depths: {
    title: 'Mistakes by depth',
    subtitle: 'Your finished runs, % of training images',
    all: ['All depths', ' at once'],
    training: (done: number, all: number) => `All depths: ${number(done)} of ${number(all)} trained`,
    stop: 'Pause all depths',
  },

  /** Of a button, what is seen at every width, and what follows it where there is room. */
  next: {
    label: 'What next?',
    why: ['Why?', ' The lesson'],
    depth: (depth: number) => [`Try ${number(depth)}`, ' layers'],
    lab: 'Open in the lab',
  },

  /** Where the lab holds other networks. */
  other:
    'The lab holds other networks than the two of this page, or other images. They stay until you put the two back.',
  back: 'Put the two networks back',
};
