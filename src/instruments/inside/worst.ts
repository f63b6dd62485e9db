/** What the most confused images say, in figures and in words. */

import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import type { ConfusionReport } from './confusionReport.ts';

const words = text.inside.worst;
/** The names of the classes, by label. */
type Classes = readonly string[];

const nameOf = (classes: Classes, label: number) => classes[label] ?? '';

/** The worst of all in a sentence, or why there is none. */
export function summarySentence(classes: Classes, name: string, { step, worst, undecided }: ConfusionReport): string {
  const [first] = worst;
  if (!first) return undecided.some((count) => count > 0) ? words.undecided : words.none;
  const { image, label, predicted, probability, loss } = first;
  return words.summary(
    name,
    step,
    words.image(image, nameOf(classes, label), nameOf(classes, predicted), percent(probability), exact(loss)),
  );
}

/** A row for every image, worst first; images are numbered from 1. */
export function tableOf(classes: Classes, { worst }: ConfusionReport): ChartTable {
  return {
    columns: words.columns,
    rows: worst.map(({ image, label, predicted, probability, ownProbability, loss }) => [
      image + 1,
      nameOf(classes, label),
      nameOf(classes, predicted),
      probability,
      ownProbability,
      loss,
    ]),
  };
}
