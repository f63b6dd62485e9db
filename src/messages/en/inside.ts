/** The words of the instrument that looks inside of a network. */
import { number, plural } from '../format.ts';

const images = (count: number) => plural(count, { one: '# test image', other: '# test images' });
const wheres = {
  output: 'after activation',
  response: 'before activation and addition, with a normalisation that follows',
  logits: 'the logits, before the softmax',
};
const at = (step: number) => ` · step ${number(step)}`;

export const inside = {
  network: 'Network',
  image: 'Test image',
  classes: 'Images of class',
  anyClass: 'any',
  previous: 'Previous image',
  next: 'Next image',
  layer: 'Layer',
  /** For instance "conv 3 · 7×7×8". */
  layerOption: (name: string, height: number, width: number, channels: number) =>
    `${name} · ${number(height)}×${number(width)}×${number(channels)}`,
  where: 'Looked at',
  wheres: { output: 'after activation', response: 'before activation' },
  mode: 'Everything here is in evaluation mode: batch norm uses fixed statistics, those that errors are measured with, so what one image does depends on no other image.',

  probabilities: {
    title: 'Image and class probabilities',
    subtitle: (name: string, image: number, step: number) => `${name} · test image ${number(image + 1)}${at(step)}`,
    axis: 'probability, %',
    empty: 'Press Compute: a test image, and what the network takes it for, appear here.',
    /** The picture, for those who do not see it. */
    picture: (image: number, name: string) => `Test image ${number(image + 1)}, class ${name}`,
    own: (name: string) => `✓ ${name}`,
    trueClass: (name: string) => `✓ true class: ${name}`,
    value: (name: string, probability: string) => `${name}: ${probability}`,
    spoken: (name: string, probability: string, isOwn: boolean) =>
      `${name}${isOwn ? ', the true class' : ''}: ${probability}`,
    summary: (about: {
      readonly name: string;
      readonly step: number;
      readonly image: number;
      readonly own: string;
      readonly predicted: string;
      readonly probability: string;
      readonly isRight: boolean;
    }) =>
      `Test image ${number(about.image + 1)} is of class ${about.own}. At step ${number(about.step)}, ${about.name} takes it for ${about.predicted}, with a probability of ${about.probability}, which is ${about.isRight ? 'right' : 'wrong'}.`,
    undecided: (name: string, image: number, own: string, step: number) =>
      `Test image ${number(image + 1)} is of class ${own}. At step ${number(step)}, the outputs of ${name} are not numbers.`,
    columns: ['class', 'probability', 'true class'],
    yes: 'yes',
    no: 'no',
  },

  maps: {
    title: (layer: string) => `Activations of ${layer}`,
    anyTitle: 'Activations',
    subtitle: (
      channels: number,
      height: number,
      width: number,
      where: 'output' | 'response' | 'logits',
      image: number,
      step: number,
    ) =>
      [
        height * width > 1
          ? `${plural(channels, { one: '# channel', other: '# channels' })} of ${number(height)}×${number(width)} values`
          : plural(channels, { one: '# unit', other: '# units' }),
        wheres[where],
        'one colour scale',
        `test image ${number(image + 1)}`,
      ].join(' · ') + at(step),
    empty: 'Press Compute: what a layer makes of the image appears here, a map for each channel.',
    scale: 'activation',
    notFinite: 'NaN, ∞',
    /** Counted from 1; units of dense layers have no rows and columns. */
    place: (channel: number, row: number | null, column: number | null) =>
      row === null || column === null
        ? `unit ${number(channel)}`
        : `channel ${number(channel)}, row ${number(row)}, column ${number(column)}`,
    spoken: (place: string, value: string) => `${place}: ${value}`,
    keys: 'Arrows move from value to value, Page Up and Page Down from channel to channel.',
    summary: (about: {
      readonly name: string;
      readonly layer: string;
      readonly image: number;
      readonly step: number;
      /** Of those that are finite; null where none is. */
      readonly extent: readonly [low: string, high: string] | null;
      readonly zeros: string;
      /** Null where all are finite. */
      readonly notFinite: string | null;
    }) => {
      const { extent, zeros, notFinite } = about;
      const which = `At step ${number(about.step)}, the activations of ${about.layer} in ${about.name} for test image ${number(about.image + 1)}`;
      if (extent === null) return `${which} are all NaN or infinite.`;
      const others = notFinite === null ? '' : `, and ${notFinite} are NaN or infinite`;
      return `${which} go from ${extent[0]} to ${extent[1]}; ${zeros} of them are 0${others}.`;
    },
    columns: ['channel', 'row', 'column', 'activation'],
  },

  confusion: {
    title: 'Confusion matrix',
    subtitle: (name: string, count: number, step: number) => `${name} · ${images(count)}${at(step)}`,
    rows: 'true class',
    columnsAxis: 'taken for',
    error: 'error',
    empty: 'Press Compute: what the network takes each test image for is counted here.',
    scale: 'share of the true class',
    count: (count: number) => images(count),
    /** A cell. */
    cell: (own: string, predicted: string) =>
      own === predicted ? `${own}, rightly classified` : `${own}, taken for ${predicted}`,
    spoken: (cell: string, count: string, own: string, error: string) => `${cell}: ${count}. Error of ${own}: ${error}`,
    classError: (own: string, error: string) => `error of ${own}: ${error}`,
    keys: 'Up and down arrows move by true class, left and right arrows by the class that images are taken for.',
    summary: (about: {
      readonly name: string;
      readonly step: number;
      readonly count: number;
      readonly error: string;
      readonly hardest: string;
      readonly hardestError: string;
      readonly confused: string | null;
    }) =>
      `At step ${number(about.step)}, ${about.name} misclassifies ${about.error} of ${images(about.count)}. Hardest is ${about.hardest}, with an error of ${about.hardestError}.${about.confused === null ? '' : ` Most often, ${about.confused}.`}`,
    most: (own: string, predicted: string, count: number) => `${own} is taken for ${predicted}: ${images(count)}`,
    columns: (names: readonly string[]) => [
      'true class',
      ...names.map((name) => `taken for ${name}`),
      'undecided',
      'error (fraction)',
    ],
  },

  worst: {
    title: 'Most confused test images',
    subtitle: (name: string, step: number) => `${name} · misclassified, the largest loss first${at(step)}`,
    choose: 'choose one to look at it',
    none: 'No test image is misclassified.',
    undecided: 'The network’s outputs are not numbers.',
    taken: (own: string, predicted: string) => `${own} → ${predicted}`,
    figures: (probability: string, loss: string) => `${probability}, loss ${loss}`,
    image: (image: number, own: string, predicted: string, probability: string, loss: string) =>
      `test image ${number(image + 1)}: ${own}, taken for ${predicted} with a probability of ${probability}, loss ${loss}`,
    show: (image: string) => `Show ${image}`,
    summary: (name: string, step: number, image: string) =>
      `At step ${number(step)}, ${name} is most wrong about ${image}.`,
    columns: [
      'test image',
      'class',
      'taken for',
      'probability (fraction)',
      'probability of its class (fraction)',
      'loss (nats)',
    ],
  },
};
