/** What static pages say of themselves to crawlers and chat programs, in English. */
import { sharedExperiments } from '../../src/app/share/sharedPages.ts';
import { text } from '../../src/messages/messages.ts';

export const siteName = 'Depthscope';

export interface PageWords {
  readonly title: string;
  /** A sentence or two. */
  readonly description: string;
  /** The name of its picture: pages of one experiment share one. */
  readonly picture: string;
  readonly pictureAlt: string;
}

const pictureAlts = {
  degradation:
    'A plain and a residual network of 38 layers as stacks with a bar for each layer; the error of the plain one stays above that of the residual one.',
  depths:
    'A plain network of 8 layers beside one of 56, with a bar for each layer; the deeper one makes far more mistakes.',
  vanishing: 'Networks of sigmoid layers; the bars of the gradient become shorter towards the input, layer by layer.',
  exploding:
    'Networks of 12 and 20 layers with weights that are too large; the bars of the gradient grow towards the input, layer by layer.',
} as const;

type Picture = keyof typeof pictureAlts;

const lessons: readonly (readonly [Picture, string])[] = [
  [
    'depths',
    'AlexNet, VGG-16 and VGG-19 made networks deeper, and better. Train small ones live in your browser and see where that ends.',
  ],
  [
    'vanishing',
    'Why sigmoid networks of twelve layers hardly learn: watch the gradient shrink on its way to the first layer, live in your browser.',
  ],
  [
    'exploding',
    'Weights that are a little too large, and the gradient grows from layer to layer until the numbers overflow. Try it live in your browser.',
  ],
  [
    'vanishing',
    'He initialisation and batch norm cure the gradient that vanishes or explodes. Train all four cures side by side, live in your browser.',
  ],
  [
    'depths',
    'With both cures in place, a plain network of 56 layers still learns worse than one of 8. Draw what you expect, then train them live in your browser.',
  ],
  ['depths', 'Extra layers need only do nothing. See how hard it is for them to learn that, live in your browser.'],
  [
    'degradation',
    'A shortcut around every two layers, and depth helps again. Train plain and residual twins live in your browser.',
  ],
  ['degradation', 'The residual block in code, next to the network that it makes, trained live in your browser.'],
  ['degradation', 'From 8 to 110 layers, plain and residual: how deep can you go? Train them live in your browser.'],
];

const experiments: Readonly<Record<keyof typeof sharedExperiments, readonly [Picture, string]>> = {
  'plain-and-residual-38': [
    'degradation',
    'Two networks of 38 layers, the same but for shortcuts: one learns, the other hardly does. Train both live in your browser.',
  ],
  'plain-8-to-56': [
    'depths',
    'Plain networks of 8, 20, 38 and 56 layers side by side: the deeper, the worse. Train them live in your browser.',
  ],
  vanishing: [
    'vanishing',
    'Sigmoid networks of 2 to 12 layers: the gradient fades on its way to the first one. Train them live in your browser.',
  ],
  exploding: [
    'exploding',
    'Weights a little too large, and the gradient explodes within twelve layers. Watch it live in your browser.',
  ],
  'alexnet-and-vgg': ['depths', 'AlexNet, VGG-16 and VGG-19 at the scale of a browser, trained side by side.'],
};

/** The words of a page by the name of its file. */
export function pageWords(name: string): PageWords {
  const [title, [picture, description]] = titleAndWords(name);
  return { title: `${title} · ${siteName}`, description, picture, pictureAlt: pictureAlts[picture] };
}

function titleAndWords(name: string): readonly [string, readonly [Picture, string]] {
  const lesson = lessons.findIndex((_, index) => name === `lesson-${index + 1}`);
  const words = lessons[lesson];
  if (words) return [`${Object.values(text.lessons.titles)[lesson]}: lesson ${lesson + 1}`, words];
  if (!isExperiment(name)) return [text.home.title, indexWords];
  return [text.app.presets.entries[sharedExperiments[name]], experiments[name]];
}

const isExperiment = (name: string): name is keyof typeof sharedExperiments => name in sharedExperiments;

const indexWords = [
  'degradation',
  'Stack layers, train plain and residual networks live in your browser, and watch the gradient that reaches every layer.',
] as const;

/** As an attribute or a text of HTML. */
export function escapedText(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
