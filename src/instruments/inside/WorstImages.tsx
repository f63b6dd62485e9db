/** What the most confused images say, in figures and in words. */
import { useRef } from 'react';
import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import { ChartTools, useContent } from '../../plot/ChartTools.tsx';
import { exact } from '../../plot/format.ts';
import type { ChartTable } from '../../plot/table.ts';
import { useClasses } from '../../session/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { Pixels } from '../../ui/Pixels.tsx';
import { type Classes, nameOf } from './matrix.ts';
import type { ConfusedImage, ConfusionReport } from './report.ts';

const words = laterText.inside.worst;

interface WorstImagesProps {
  /** Of the network. */
  readonly name: string;
  readonly report: ConfusionReport;
  readonly onShow: (image: number) => void;
}

/** The test images of which a network is most wrong, each a button that leads to it. */
export function WorstImages({ name, report, onShow }: WorstImagesProps) {
  const { worst, size, step } = report;
  const classes = useClasses();
  const figure = useRef<HTMLElement>(null);
  const { title } = words;
  const [subtitle, summary] = [words.subtitle(name, step), summarySentence(classes, name, report)];
  const content = useContent(() => ({ title, subtitle, summary, table: tableOf(classes, report) }));
  return (
    <figure ref={figure}>
      <div className="row at-top chart-header">
        <div className="chart-words">
          <h2 className="text tight">{title}</h2>
          <p className="note">
            {worst.length > 0 ? subtitle : summary}
            {worst.length > 0 && <span data-export="no"> · {words.choose}</span>}
          </p>
        </div>
        {worst.length > 0 && (
          <div className="row at-end chart-actions">
            <ChartTools name={title} content={content} figure={figure} />
          </div>
        )}
      </div>
      <ul className="worst-images plain-list">
        {worst.map((each) => (
          <li key={each.image}>
            <Worst each={each} size={size} onShow={onShow} />
          </li>
        ))}
      </ul>
      {worst.length > 0 && <figcaption className="visually-hidden">{summary}</figcaption>}
    </figure>
  );
}

interface WorstProps {
  readonly each: ConfusedImage;
  readonly size: number;
  readonly onShow: (image: number) => void;
}

function Worst({ each, size, onShow }: WorstProps) {
  const { image, label, predicted, pixels, loss, probability } = each;
  const classes = useClasses();
  const [own, taken] = [classes[label] ?? '', classes[predicted] ?? ''];
  const figures = [percent(probability), exact(loss)] as const;
  return (
    <Button
      className="worst-image"
      aria-label={words.show(words.image(image, own, taken, ...figures))}
      data-export="yes"
      onPress={() => onShow(image)}
    >
      <Pixels levels={pixels} size={size} label={null} />
      <span>{words.taken(own, taken)}</span>
      <span className="soft">{words.figures(...figures)}</span>
    </Button>
  );
}

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
