import { memo, useMemo } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';
import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import { type Box, usualMargins } from '../../plot/area.ts';
import { moved, nearest, upTo, useCursorAmong } from '../../plot/cursor.ts';
import { Legend } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { Plot } from '../../plot/Plot.tsx';
import { usePlane } from '../../plot/plane.tsx';
import { type Axis, nameAxis, percentTicks, roomFor } from '../../plot/scale.ts';
import { Pixels } from '../../ui/Pixels.tsx';
import { type Classes, nameOf } from './matrix.ts';
import type { InsideReport } from './report.ts';

const words = laterText.inside.probabilities;

export interface ProbabilitiesChartProps {
  readonly id: NetworkId;
  /** Of the network. */
  readonly name: string;
  /** Null before anything was looked at. */
  readonly report: InsideReport | null;
  readonly classes: Classes;
}

/** The class that has the largest probability. */
function predictedOf({ probabilities }: InsideReport): number {
  return probabilities.indexOf(Math.max(...probabilities));
}

function ownOf({ labels, image }: InsideReport): number {
  return labels[image] ?? -1;
}

/** Widths in rem: of class names with their mark, and of a percentage behind its bar. */
const NAMES = 6.2;
const FIGURES = 3.4;
const IMAGE_SHARE = 0.32;

/** The image stands in the upper left corner, above the axis' height; names and bars are beside it. */
function marginsIn({ width, height, rem }: Box) {
  const image = Math.max(1, Math.min(IMAGE_SHARE * width, height - usualMargins.bottom * rem));
  return { left: image / rem + NAMES, right: FIGURES, top: 0 };
}

/** In fewer rem, only the ends of the axis have numbers. */
const NARROW = 9;
const probabilityAxis: Axis = {
  kind: 'linear',
  min: 0,
  max: 1,
  label: words.axis,
  ticks: (scale, rem) => percentTicks(scale.axis, roomFor(scale, rem, NARROW) < 1 ? 2 : 3),
};

/** A test image, and the probability that a network gives to each class: a bar a class. */
export const ProbabilitiesChart = memo(function ProbabilitiesChart(props: ProbabilitiesChartProps) {
  const { id, name, report, classes } = props;
  const rows = upTo(classes.length);
  const own = report === null ? -1 : ownOf(report);
  const cursor = useCursorAmong<number>({
    home: () => report && 1 + Math.max(0, predictedOf(report)),
    read: (_x, y) => y,
    nearest: (row) => nearest(rows, row),
    // Classes stand below one another: down is on.
    moved: (row, key) => moved(rows, row, { ArrowDown: 'ArrowUp', ArrowUp: 'ArrowDown' }[key] ?? key),
  });
  const summary = useMemo(() => (report ? summaryOf(classes, name, report) : words.empty), [classes, name, report]);
  const probability = (row: number): string => percent(report?.probabilities[row - 1] ?? Number.NaN);
  return (
    <Plot
      title={words.title}
      subtitle={report && words.subtitle(name, report.image, report.step)}
      x={probabilityAxis}
      y={useMemo(() => classAxis(classes, own), [classes, own])}
      margins={marginsIn}
      ground="none"
      cursor={cursor}
      keys={report ? words.picture(report.image, nameOf(classes, own)) : ''}
      min={1}
      max={classes.length}
      spoken={(row) => words.spoken(nameOf(classes, row - 1), probability(row), row - 1 === own)}
      summary={summary}
      empty={report ? null : words.empty}
      table={() => tableOf(classes, report)}
      legend={
        report &&
        cursor.at !== null && (
          <Legend
            head={<span>{words.trueClass(nameOf(classes, own))}</span>}
            items={[
              {
                key: id,
                look: networkLooks[id],
                name,
                figures: words.value(nameOf(classes, cursor.at - 1), probability(cursor.at)),
              },
            ]}
          />
        )
      }
      behind={report && <Picture report={report} />}
    >
      {report && (
        <Bars
          probabilities={report.probabilities}
          color={networkLooks[id].color}
          pointedAt={cursor.isPointing ? cursor.at : null}
        />
      )}
    </Plot>
  );
});

/** The names of the classes, that of the image's own class with a mark. */
function classAxis(classes: Classes, own: number): Axis {
  const names = classes.map((name, label) => (label === own ? words.own(name) : name));
  return { ...nameAxis(names, '', own), isDown: true };
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

function Picture({ report }: { readonly report: InsideReport }) {
  const { area, rem } = usePlane();
  const side = area.left - NAMES * rem;
  return (
    <div className="chart-picture" style={{ width: side, height: side }}>
      <Pixels levels={report.pixels} size={report.size} label={null} />
    </div>
  );
}

interface BarsProps {
  readonly probabilities: readonly number[];
  readonly color: string;
  /** The row that is pointed at. */
  readonly pointedAt: number | null;
}

/** A bar for every class, and behind it its probability. */
function Bars({ probabilities, color, pointedAt }: BarsProps) {
  const { area, x, y } = usePlane();
  const thickness = 0.72 * y.unit;
  const row = pointedAt === null ? null : y.at(pointedAt).px - y.unit / 2;
  return (
    <>
      {row !== null && <rect fill="var(--grid)" x={area.left} y={row} width={area.right - area.left} height={y.unit} />}
      <line className="chart-base" x1={area.left} x2={area.left} y1={area.top} y2={area.bottom} />
      {probabilities.map((probability, label) => {
        const middle = y.at(label + 1).px;
        // What is no number lies at 0.
        const end = x.at(probability).px;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index
          <g key={label}>
            <rect x={area.left} y={middle - thickness / 2} width={end - area.left} height={thickness} fill={color} />
            <text className="chart-tick" x={end + 4} y={middle} dominantBaseline="central">
              {percent(probability)}
            </text>
          </g>
        );
      })}
    </>
  );
}
