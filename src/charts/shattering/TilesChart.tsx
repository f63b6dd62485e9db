import { memo, useMemo } from 'react';
import { LINE_POINTS } from '../../measurements/reports/shattering.ts';
import { text } from '../../messages/messages.ts';
import { Chart, type ChartSlots, type Reading } from '../frame/Chart.tsx';
import { ColorScale } from '../frame/ColorScale.tsx';
import { upTo } from '../frame/cursor.ts';
import { Shape, ShapeKey } from '../frame/Shape.tsx';
import type { Box } from '../frame/useBox.ts';
import { type Cursor, useCursor } from '../frame/useCursor.ts';
import { networkLooks } from '../network.ts';
import { notFiniteColor, signedRamp } from '../scale/colors.ts';
import {
  figuresText,
  gradientPixels,
  greyPixels,
  phrasesAt,
  pointText,
  type ShatteredNetwork,
  summarySentence,
  tableOf,
} from './gradients.ts';
import { TilesCanvas } from './TilesCanvas.tsx';
import { cornerOf, pointAt, type TilesLayout, tilesLayout } from './tiles.ts';

const words = text.shattering.tiles;
const positions = upTo(LINE_POINTS);

const scaleTicks = [
  { value: -1, at: 0, label: words.lowest },
  { value: 0, at: 0.5, label: '0' },
  { value: 1, at: 1, label: words.highest },
];

export interface TilesChartProps extends Omit<ChartSlots, 'title'> {
  readonly networks: readonly ShatteredNetwork[];
}

/** The images on the line, and below them the gradient of every network at each: pictures that flicker are shattered. */
export const TilesChart = memo(function TilesChart({ networks, ...slots }: TilesChartProps) {
  const cursor = useCursor(positions, networks.length === 0 ? null : 1);
  return (
    <Chart
      title={words.title}
      subtitle={slots.subtitle}
      actions={slots.actions}
      summary={summarySentence(networks) ?? text.shattering.empty}
      empty={networks.length === 0 ? text.shattering.empty : null}
      table={() => tableOf(networks)}
      reading={reading(networks, cursor)}
      legend={() => cursor.at !== null && <Legend networks={networks} at={cursor.at} />}
    >
      {(box) => networks.length > 0 && <Plot {...{ box, networks }} cursorAt={cursor.isPointing ? cursor.at : null} />}
    </Chart>
  );
});

function reading(networks: readonly ShatteredNetwork[], cursor: Cursor): Reading | null {
  if (cursor.at === null) return null;
  return {
    label: text.charts.name(words.title),
    min: 1,
    max: LINE_POINTS,
    now: cursor.at,
    text: words.spoken(pointText(cursor.at - 1), phrasesAt(networks, cursor.at - 1)),
    onKey: cursor.onKey,
    onPointAt: (x, y, box) => {
      const layout = tilesLayout(box, networks.length + 1, LINE_POINTS);
      cursor.pointAt(1 + pointAt(layout, LINE_POINTS, x, y));
    },
    onLeave: cursor.leave,
  };
}

interface PlotProps {
  readonly box: Box;
  readonly networks: readonly ShatteredNetwork[];
  /** The point that is pointed at, counted from 1. */
  readonly cursorAt: number | null;
}

function Plot({ box, networks, cursorAt }: PlotProps) {
  const layout = useMemo(() => tilesLayout(box, networks.length + 1, LINE_POINTS), [box, networks.length]);
  const { size, line } = networks[0]?.report ?? { size: 1, line: new Uint8Array(LINE_POINTS) };
  const bands = useMemo(
    () => [greyPixels(line), ...networks.map(({ report }) => gradientPixels(report))],
    [networks, line],
  );
  const { width, height, rem } = box;
  return (
    <>
      <TilesCanvas {...{ bands, size, layout, width, height }} />
      <svg className="chart-svg" width={width} height={height} aria-hidden="true">
        <Heading layout={layout} band={0} rem={rem} name={words.images} />
        {networks.map(({ id, name }, index) => (
          <g key={id}>
            <Shape look={networkLooks[id]} x={0.4 * rem} y={(index + 1) * layout.band + 0.9 * rem} />
            <Heading layout={layout} band={index + 1} rem={rem} name={name} x={1.1 * rem} />
          </g>
        ))}
        <Points layout={layout} box={box} bands={networks.length + 1} />
        {cursorAt !== null &&
          bands.map((_, band) => {
            const { x, y } = cornerOf(layout, band, cursorAt - 1);
            return <rect key={band} className="chart-outline" {...{ x, y }} width={layout.side} height={layout.side} />;
          })}
      </svg>
    </>
  );
}

interface HeadingProps {
  readonly layout: TilesLayout;
  readonly band: number;
  readonly rem: number;
  readonly name: string;
  readonly x?: number;
}

function Heading({ layout, band, rem, name, x = 0 }: HeadingProps) {
  return (
    <text className="chart-axis-label" x={x} y={band * layout.band + 0.9 * rem} dominantBaseline="central">
      {name}
    </text>
  );
}

/** What stands side by side, below the last band, with the numbers of the points where a band is one row. */
function Points({ layout, box, bands }: { readonly layout: TilesLayout; readonly box: Box; readonly bands: number }) {
  const { columns, rows, side, band } = layout;
  const bottom = bands * band;
  const numbered = rows > 1 ? [] : [1, 9, 17, 25, 33];
  return (
    <g>
      {numbered.map((point) => (
        <text
          key={point}
          className="chart-tick"
          x={(point - 0.5) * side}
          y={bottom + 0.9 * box.rem}
          textAnchor="middle"
        >
          {point}
        </text>
      ))}
      <text
        className="chart-axis-label"
        x={(columns * side) / 2}
        y={bottom + (rows > 1 ? 1.2 : 1.9) * box.rem}
        textAnchor="middle"
      >
        {rows > 1 ? words.acrossRows : words.across}
      </text>
    </g>
  );
}

interface LegendProps {
  readonly networks: readonly ShatteredNetwork[];
  readonly at: number;
}

/** The gradients at the cursor in figures, and the colours' meaning. */
function Legend({ networks, at }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{pointText(at - 1)}</span>
        <span>{words.figuresHead}</span>
      </div>
      <div className="chart-legend-items">
        {networks.map((network) => (
          <div key={network.id} className="chart-legend-item">
            <ShapeKey look={networkLooks[network.id]} />
            <span className="chart-legend-name">{network.name}</span>
            <span className="chart-figures">{figuresText(network, at - 1)}</span>
          </div>
        ))}
      </div>
      <ColorScale
        ticks={scaleTicks}
        background={signedRamp}
        swatches={[{ color: notFiniteColor, label: text.charts.history.notFinite }]}
      >
        <span className="chart-note">{words.scale}</span>
      </ColorScale>
    </div>
  );
}
