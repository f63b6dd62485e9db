import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { text } from '../../messages/messages.ts';
import type { Box } from '../../plot/area.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { type Canvas, cleared, notFiniteColor, signedRamp } from '../../plot/color.ts';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { ColorScale, ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { Shape } from '../../plot/marks.tsx';
import { LINE_POINTS } from './report.ts';
import {
  cornerOf,
  figuresText,
  gradientPixels,
  greyPixels,
  phrasesAt,
  pointAt,
  pointText,
  type ShatteredNetwork,
  summarySentence,
  type TilesLayout,
  tableOf,
  tilesLayout,
} from './tiles.ts';

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
      {(box) =>
        networks.length > 0 && <TilesPlot {...{ box, networks }} cursorAt={cursor.isPointing ? cursor.at : null} />
      }
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

interface TilesPlotProps {
  readonly box: Box;
  readonly networks: readonly ShatteredNetwork[];
  /** The point that is pointed at, counted from 1. */
  readonly cursorAt: number | null;
}

/** The images and the gradients in bands, with the point at the cursor outlined in each. */
function TilesPlot({ box, networks, cursorAt }: TilesPlotProps) {
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

/** The pictures of one band as RGBA, one after the other. */
export type BandPixels = Uint8ClampedArray<ArrayBuffer>;

interface TilesCanvasProps {
  readonly bands: readonly BandPixels[];
  /** Side of a picture in its own pixels. */
  readonly size: number;
  readonly layout: TilesLayout;
  readonly width: number;
  readonly height: number;
}

/** Between two pictures, in CSS pixels. */
const GAP = 1;

function paint({ context, ratio }: Canvas, { bands, size, layout }: TilesCanvasProps): void {
  const source = document.createElement('canvas');
  source.width = size;
  source.height = size * LINE_POINTS;
  const whole = source.getContext('2d');
  if (!whole) return;
  // Enlarged, a pixel stays a square; where there is no room for all pixels, they are averaged.
  context.imageSmoothingEnabled = layout.side * ratio < size;
  const side = Math.max(1, Math.floor((layout.side - GAP) * ratio));
  bands.forEach((pixels, band) => {
    whole.putImageData(new ImageData(pixels, size, size * LINE_POINTS), 0, 0);
    for (let point = 0; point < LINE_POINTS; point++) {
      const { x, y } = cornerOf(layout, band, point);
      context.drawImage(source, 0, point * size, size, size, Math.round(x * ratio), Math.round(y * ratio), side, side);
    }
  });
}

/** The pictures of all bands. */
const TilesCanvas = memo(function TilesCanvas(props: TilesCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current && cleared(ref.current, props);
    if (canvas) paint(canvas, props);
  });
  return (
    <div className="chart-heat" style={{ inset: 0 }}>
      <canvas ref={ref} style={{ width: props.width, height: props.height }} />
    </div>
  );
});
