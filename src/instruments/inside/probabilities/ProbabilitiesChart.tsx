import { memo, useMemo } from 'react';
import type { NetworkId } from '../../../experiment/experiment.ts';
import { percent } from '../../../messages/format.ts';
import { text } from '../../../messages/messages.ts';
import { Chart, type Reading } from '../../../plot/Chart.tsx';
import { type Cursor, useCursor } from '../../../plot/cursor.ts';
import { ShapeKey } from '../../../plot/legend.tsx';
import { networkLooks } from '../../../plot/looks.ts';
import { Pixels } from '../../../ui/Pixels.tsx';
import type { InsideReport } from '../report.ts';
import { classAt, probabilityLayout } from './layout.ts';
import { ProbabilitiesPlot } from './ProbabilitiesPlot.tsx';

const words = text.inside.probabilities;

export interface ProbabilitiesChartProps {
  readonly id: NetworkId;
  /** Of the network. */
  readonly name: string;
  /** Null before anything was looked at. */
  readonly report: InsideReport | null;
  /** Their names, by label. */
  readonly classes: readonly string[];
}

type Classes = ProbabilitiesChartProps['classes'];

const nameOf = (classes: Classes, label: number) => classes[label] ?? '';

/** The class that has the largest probability. */
function predictedOf({ probabilities }: InsideReport): number {
  return probabilities.indexOf(Math.max(...probabilities));
}

function ownOf({ labels, image }: InsideReport): number {
  return labels[image] ?? -1;
}

/** A test image, and the probability that a network gives to each class. */
export const ProbabilitiesChart = memo(function ProbabilitiesChart({
  id,
  name,
  report,
  classes,
}: ProbabilitiesChartProps) {
  const home = report === null ? null : Math.max(0, predictedOf(report));
  const labels = useMemo(() => classes.map((_, label) => label), [classes]);
  const cursor = useCursor(labels, home);
  const summary = useMemo(() => (report ? summaryOf(classes, name, report) : words.empty), [classes, name, report]);
  return (
    <Chart
      title={words.title}
      subtitle={report && words.subtitle(name, report.image, report.step)}
      summary={summary}
      empty={report ? null : words.empty}
      table={() => tableOf(classes, report)}
      reading={report && reading(classes, report, cursor)}
      legend={() => <Legend {...{ id, name, report, classes }} at={cursor.at} />}
    >
      {(box) => {
        if (!report) return null;
        const layout = probabilityLayout(box, classes.length);
        const own = ownOf(report);
        return (
          <>
            <div className="chart-picture" style={{ width: layout.image, height: layout.image }}>
              <Pixels levels={report.pixels} size={report.size} label={null} />
            </div>
            <ProbabilitiesPlot
              {...{ box, layout, own, classes }}
              probabilities={report.probabilities}
              color={networkLooks[id].color}
              cursorAt={cursor.isPointing ? cursor.at : null}
            />
          </>
        );
      }}
    </Chart>
  );
});

function reading(classes: Classes, report: InsideReport, cursor: Cursor): Reading | null {
  const { at } = cursor;
  if (at === null) return null;
  const probability = report.probabilities[at] ?? Number.NaN;
  return {
    label: `${text.charts.name(words.title)}. ${words.picture(report.image, nameOf(classes, ownOf(report)))}`,
    min: 1,
    max: classes.length,
    now: at + 1,
    text: words.spoken(nameOf(classes, at), percent(probability), at === ownOf(report)),
    // Classes stand below one another: down is on.
    onKey: (key) => cursor.onKey({ ArrowDown: 'ArrowUp', ArrowUp: 'ArrowDown' }[key] ?? key),
    onPointAt: (_x, y, box) => cursor.pointAt(classAt(probabilityLayout(box, classes.length), classes.length, y)),
    onLeave: cursor.leave,
  };
}

function summaryOf(classes: Classes, name: string, report: InsideReport): string {
  const [own, predicted] = [ownOf(report), predictedOf(report)];
  if (predicted < 0) return words.undecided(name, report.image, nameOf(classes, own), report.step);
  return words.summary({
    name,
    step: report.step,
    image: report.image,
    own: nameOf(classes, own),
    predicted: nameOf(classes, predicted),
    probability: percent(report.probabilities[predicted] ?? Number.NaN),
    isRight: own === predicted,
  });
}

function tableOf(classes: Classes, report: InsideReport | null) {
  const own = report ? ownOf(report) : -1;
  return {
    columns: words.columns,
    rows: classes.map((name, label) => [
      name,
      report?.probabilities[label] ?? null,
      label === own ? words.yes : words.no,
    ]),
  };
}

interface LegendProps extends ProbabilitiesChartProps {
  readonly at: number | null;
}

function Legend({ id, name, report, classes, at }: LegendProps) {
  if (!report || at === null) return null;
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span>{words.trueClass(nameOf(classes, ownOf(report)))}</span>
      </div>
      <div className="chart-legend-item">
        <ShapeKey look={networkLooks[id]} />
        <span className="chart-legend-name">{name}</span>
        <span className="chart-figures">
          {words.value(nameOf(classes, at), percent(report.probabilities[at] ?? Number.NaN))}
        </span>
      </div>
    </div>
  );
}
