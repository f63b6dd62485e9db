/** The words of shattering: gradients along a line between two images. */
import { number, percent, plural, stepNumbers } from '../format.ts';

export const shattering = {
  empty: 'Press Compute: the gradient by the image is computed at 33 points between two test images.',
  from: 'From test image',
  to: 'to test image',
  endRange: (last: number) => `1 to ${number(last)}`,
  endProblem: (last: number) => `Enter the number of a test image, from 1 to ${number(last)}.`,
  sameProblem: 'Choose two different images: there is no line from an image to itself.',
  similarity: 'Correlation',
  similarities: { cosine: 'Cosine', aboutMean: 'About the mean' },
  line: (from: number, fromClass: string, to: number, toClass: string, steps: readonly number[]) =>
    `from test image ${number(from)} (${fromClass}) to ${number(to)} (${toClass}) · loss of label ${fromClass} · ${stepNumbers(steps)}`,
  note: {
    cosine:
      'For every lag, the mean over all pairs of points so far apart of the cosine between their gradients ∂L/∂x. Batch norm is fixed to the statistics that evaluation uses. Another label, or a logit in place of the loss, changes the values about as much as another seed does. Noises as in Balduzzi et al. 2017, Fig. 2, for many dimensions: white noise has a new direction at every point, brown noise is its running sum from the first point on.',
    aboutMean:
      'What Balduzzi et al. 2017, Fig. 2, plot for the derivative of a function of one number, here for vectors: Σ⟨g(t) − ḡ, g(t + lag) − ḡ⟩ / Σ|g(t) − ḡ|², where ḡ is the mean over the line. It does not see what all gradients share, and longer ones weigh more. Batch norm is fixed to the statistics that evaluation uses. The noises are as expected for as many points in many dimensions; so short a line takes white noise slightly below 0.',
  },

  lags: {
    title: 'Shattering',
    axes: { cosine: 'mean cosine', aboutMean: 'autocorrelation about the mean' },
    across: 'lag: distance along the line, in points of 33',
    noises: { white: 'white noise', brown: 'brown noise' },
    lag: (lag: number) => `lag ${number(lag)}`,
    phrase: (name: string, value: string) => `${name}: ${value}`,
    spoken: (lag: number, parts: readonly string[]) => `Lag ${number(lag)}. ${parts.join('; ')}`,
    ends: (name: string, first: string, last: string, lags: number) =>
      `${name}: ${first} for neighbours, ${last} at a lag of ${number(lags)}`,
    summary: (quantity: string, steps: readonly number[], parts: readonly string[]) =>
      `Gradients by the image along the line, ${quantity}, at ${stepNumbers(steps)}. ${parts.join('; ')}.`,
    columns: (quantities: readonly string[]) => ['network or noise', 'lag (points)', ...quantities],
  },

  tiles: {
    title: 'Gradients along the line',
    images: 'the image, x',
    across: 'point of the line',
    acrossRows: 'points of the line, row by row',
    lowest: '−max',
    highest: '+max',
    scale: 'each picture by its own largest magnitude, max',
    point: (point: number, points: number, share: number) =>
      `point ${number(point)} of ${number(points)}, ${percent(share)} of the way`,
    figuresHead: '|∂L/∂x| · cosine with the next',
    figures: (length: string, next: string) => `${length} · ${next}`,
    phrase: (name: string, length: string, next: string | null) =>
      `${name}: |∂L/∂x| ${length}${next === null ? '' : `, cosine with the next ${next}`}`,
    spoken: (point: string, parts: readonly string[]) => `${point}. ${parts.join('; ')}`,
    /** @param angles how many there are; a gradient that is 0 or not finite has none */
    turns: (name: string, turns: number, angles: number, pairs: number) => {
      if (angles === 0) return `${name} has no angle anywhere: its gradients are 0 or not finite`;
      const where = turns === 0 ? 'nowhere' : `at ${plural(turns, { one: '# point', other: '# points' })}`;
      const without = angles < pairs ? `, with an angle at ${number(angles)} of ${number(pairs)} points` : '';
      return `${name} turns by more than a right angle ${where}${without}`;
    },
    summary: (points: number, [from, to]: readonly [number, number], parts: readonly string[]) =>
      `The gradient by the image at ${number(points)} points from test image ${number(from + 1)} to ${number(to + 1)}. From a point to the next: ${parts.join('; ')}.`,
    columns: (names: readonly string[]) => [
      'point',
      'row',
      'column',
      'grey level (0–255)',
      ...names.map((name) => `${name}: ∂L/∂x (nats per unit of normalised grey)`),
    ],
  },
};
