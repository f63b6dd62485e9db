/** The words of loss slices. */
import { counts, number, plural, stepNumbers } from '../format.ts';

const images = (values: readonly number[]) => counts(values, 'training image', 'training images');
const points = (done: number, planned: number) =>
  done < planned ? ` (${number(done)} of ${number(planned)} points)` : '';

export const slice = {
  looks: { line: 'Line', plane: 'Plane' },
  look: 'Slice',
  side: 'Points',
  sides: (side: number) => `${number(side)} × ${number(side)}`,
  radius: 'Radius',
  images: 'Images',
  scale: 'Scale',
  scales: { log: 'Log', linear: 'Linear' },

  line: {
    title: 'Loss slice',
    begun: (imageCounts: readonly number[], steps: readonly number[]) =>
      `cross entropy of ${images(imageCounts)} along one random direction: a one-dimensional slice · ${stepNumbers(steps)}`,
    subtitle: 'cross entropy along one random direction: a one-dimensional slice',
    empty: 'Press Compute: the loss along a random direction appears here, for every network.',
  },
  plane: {
    title: (name: string) => `Loss around ${name}`,
    subtitle: (count: number, dimensions: number, step: number) =>
      `cross entropy of ${images([count])} · a two-dimensional slice of a space of ${number(dimensions)} dimensions · ${stepNumbers([step])}`,
    empty: 'Press Compute: the loss in a plane of two random directions appears here, for every network.',
  },

  begun: 'No loss has been computed yet.',
  loss: 'loss, nats',
  first: 'first direction, filter norms',
  second: 'second direction, filter norms',
  notFinite: 'not finite',
  crosses: '✕ not finite',
  zero: '0',
  here: 'the network as it is',
  ring: '○ the network as it is',
  /** Beside the scale. */
  contours: (levels: readonly string[]) =>
    `loss in nats${levels.length > 0 ? `; contours at ${levels.join(', ')}` : ''}`,
  coarse: (done: number, planned: number) =>
    `${number(done)} of ${number(planned)} points: until its own is known, a place shows the loss of a point nearby`,
  dimensions: (dimensions: number) => `of ${number(dimensions)} dimensions`,
  /** Of a point, by its distances. */
  at: (place: readonly string[]) => `at ${place.join(', ')}`,
  overflow: (loss: string) => `not finite (${loss})`,
  unknown: 'not computed yet',
  value: (name: string, loss: string) => `${name}: ${loss}`,
  spoken: (place: readonly string[], parts: readonly string[]) => `${slice.at(place)}. ${parts.join('; ')}`,
  keys: 'Left and right arrows move along the first direction, up and down arrows along the second.',

  /** What the picture shows, for one network. */
  summary: (about: {
    readonly name: string;
    readonly step: number;
    readonly directions: 1 | 2;
    readonly dimensions: number;
    readonly radius: string;
    readonly centre: string;
    readonly low: string | null;
    readonly high: string | null;
    readonly notFinite: number;
    readonly done: number;
    readonly planned: number;
  }) => {
    const { name, step, directions, dimensions, radius, centre, low, high, notFinite, done, planned } = about;
    const kind = directions === 1 ? 'one-dimensional' : 'two-dimensional';
    const range =
      low === null || high === null ? '' : `, from ${low} to ${high} up to ${radius} away along each direction`;
    const overflowing =
      notFinite === 0 ? '' : `; ${plural(notFinite, { one: '# point is', other: '# points are' })} not finite`;
    return `${name} at step ${number(step)}, a ${kind} slice of a space of ${number(dimensions)} dimensions: loss ${centre} as it is${range}${overflowing}${points(done, planned)}.`;
  },
  lineColumns: ['network', 'step', 'first direction (filter norms)', 'loss (nats)'],
  planeColumns: ['first direction (filter norms)', 'second direction (filter norms)', 'loss (nats)'],

  note: 'Directions are random, from the experiment’s seed, and the same for twins; each filter of a direction has the norm of the network’s own filter, so 1 moves every filter by as much as its own size (Li et al. 2018). Biases, scales and shifts stay as they are, as in the authors’ commands. Batch norm uses the statistics of these images at every point; the authors’ code keeps running averages, which belong to the middle alone.',
  caution:
    'A slice shows one or two of many thousand directions, around the weights as they are now: for a network that has hardly trained that is no minimum. Compare networks that have trained equally far: much of what differs may be how far each has come.',
};
