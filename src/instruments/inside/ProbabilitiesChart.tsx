import { memo, useMemo } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';
import { percent } from '../../messages/format.ts';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis } from '../../plot/Axes.tsx';
import type { Box } from '../../plot/area.ts';
import { Chart, type Reading } from '../../plot/Chart.tsx';
import { type Cursor, useCursor } from '../../plot/cursor.ts';
import { ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { percentTicks } from '../../plot/scale.ts';
import { Pixels } from '../../ui/Pixels.tsx';
import type { InsideReport } from './report.ts';

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

/** In fewer rem, only the ends of the axis have numbers. */
const NARROW = 9;
const axis = { kind: 'linear', min: 0, max: 1 } as const;

interface ProbabilitiesPlotProps {
  readonly box: Box;
  readonly layout: ProbabilityLayout;
  readonly probabilities: readonly number[];
  /** The image's class. */
  readonly own: number;
  readonly color: string;
  /** The names of the classes, by label. */
  readonly classes: readonly string[];
  /** The class that is pointed at. */
  readonly cursorAt: number | null;
}

/** A bar for every class, with its name and its probability. */
function ProbabilitiesPlot(props: ProbabilitiesPlotProps) {
  const { box, layout, probabilities, own, color, classes, cursorAt } = props;
  const { left, right, bottom, rowHeight } = layout;
  const area = { left, right, top: 0, bottom };
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      {cursorAt !== null && (
        <rect className="chart-row" x={left} y={cursorAt * rowHeight} width={right - left} height={rowHeight} />
      )}
      <HorizontalAxis
        area={area}
        ticks={percentTicks(axis, right - left < NARROW * box.rem ? 2 : 3)}
        label={words.axis}
        rem={box.rem}
      />
      <line className="chart-base" x1={left} x2={left} y1={0} y2={bottom} />
      {probabilities.map((probability, label) => {
        const name = classes[label] ?? '';
        const middle = (label + 0.5) * rowHeight;
        const length = Number.isFinite(probability) ? probability * (right - left) : 0;
        return (
          <g key={label}>
            <text
              className={label === own ? 'chart-tick chart-tick-own' : 'chart-tick'}
              x={left - 6}
              y={middle}
              textAnchor="end"
              dominantBaseline="central"
            >
              {label === own ? words.own(name) : name}
            </text>
            <rect x={left} y={middle - 0.36 * rowHeight} width={length} height={0.72 * rowHeight} fill={color} />
            <text className="chart-tick" x={left + length + 4} y={middle} dominantBaseline="central">
              {percent(probability)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** Where an image and the bars beside it stand in a plot, in pixels. */
export interface ProbabilityLayout {
  /** Side of the image, which stands in the upper left corner. */
  readonly image: number;
  /** Where the bars begin and end. */
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly rowHeight: number;
}

/** Widths in rem: of class names, and of a percentage behind its bar. */
const NAMES = 6.2;
const FIGURES = 3.4;
/** Height of the axis below, in rem. */
const AXIS = 2.3;
const IMAGE_SHARE = 0.32;

export function probabilityLayout({ width, height, rem }: Box, classes: number): ProbabilityLayout {
  const bottom = Math.max(classes, height - AXIS * rem);
  const image = Math.max(1, Math.min(IMAGE_SHARE * width, bottom));
  const left = image + NAMES * rem;
  return { image, left, right: Math.max(left + 1, width - FIGURES * rem), bottom, rowHeight: bottom / classes };
}

/** The class whose row a pixel is in. */
export function classAt({ rowHeight }: ProbabilityLayout, classes: number, y: number): number {
  return Math.min(classes - 1, Math.max(0, Math.floor(y / rowHeight)));
}
