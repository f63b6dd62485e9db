import { memo, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { text } from '../../messages/messages.ts';
import type { Box } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Chart, type Reading } from '../../plot/Chart.tsx';
import { type Canvas, cleared, colorOf, css, notFiniteColor } from '../../plot/color.ts';
import { ColorScale } from '../../plot/legend.tsx';
import { axisTicks } from '../../plot/scale.ts';
import {
  cornerOf,
  indexOf,
  type MapPlace,
  type MapsLayout,
  mapsAxis,
  mapsLayout,
  movedIn,
  placeAt,
  placeText,
  summarySentence,
  tableOf,
  valueText,
} from './maps.ts';
import type { ActivationMaps, InsideReport, LookedAt } from './report.ts';

const words = text.inside.maps;

export interface MapsChartProps {
  /** Of the network. */
  readonly name: string;
  /** Of the layer that the report is about. */
  readonly layer: string;
  /** Where that layer is looked at. */
  readonly where: LookedAt | 'logits';
  /** Null before anything was looked at. */
  readonly report: InsideReport | null;
}

const home: MapPlace = { channel: 0, row: 0, column: 0 };

/** The place in these maps that is nearest to one in others. */
function within({ channels, height, width }: ActivationMaps, { channel, row, column }: MapPlace): MapPlace {
  return {
    channel: Math.min(channel, channels - 1),
    row: Math.min(row, height - 1),
    column: Math.min(column, width - 1),
  };
}

/** What a layer puts out for an image: a map for each channel. */
export const MapsChart = memo(function MapsChart({ name, layer, where, report }: MapsChartProps) {
  const [pointed, setPointed] = useState<MapPlace | null>(null);
  const maps = report?.maps ?? null;
  const axis = useMemo(() => (maps ? mapsAxis(maps) : null), [maps]);
  const summary = useMemo(() => (report ? summarySentence(name, layer, report) : words.empty), [name, layer, report]);
  const at = maps && within(maps, pointed ?? home);
  return (
    <Chart
      title={report ? words.title(layer) : words.anyTitle}
      subtitle={report && subtitleOf(where, report)}
      summary={summary}
      empty={report ? null : words.empty}
      table={() => tableOf(report)}
      reading={maps && at && reading({ layer, maps, at, isPointing: pointed !== null, onPoint: setPointed })}
      legend={() => maps && axis && at && <Legend {...{ maps, axis, at }} />}
    >
      {(box) => maps && axis && <Plot {...{ box, maps, axis }} cursor={pointed && at} />}
    </Chart>
  );
});

function subtitleOf(where: MapsChartProps['where'], { maps, image, step }: InsideReport): string {
  return words.subtitle(maps.channels, maps.height, maps.width, where, image, step);
}

interface Pointing {
  readonly layer: string;
  readonly maps: ActivationMaps;
  readonly at: MapPlace;
  readonly isPointing: boolean;
  readonly onPoint: (place: MapPlace | null) => void;
}

function reading({ layer, maps, at, isPointing, onPoint }: Pointing): Reading {
  const values = maps.height * maps.width;
  return {
    label: `${text.charts.name(words.title(layer))}. ${words.keys}`,
    min: 1,
    max: values * maps.channels,
    now: at.channel * values + at.row * maps.width + at.column + 1,
    text: words.spoken(placeText(maps, at), valueText(maps, at)),
    onKey: (key, box) => {
      const target = movedIn(mapsLayout(box, maps), maps, at, key);
      if (target === null && !(key === 'Escape' && isPointing)) return false;
      onPoint(target);
      return true;
    },
    onPointAt: (x, y, box) => {
      const found = placeAt(mapsLayout(box, maps), maps, x, y);
      if (found) onPoint(found);
    },
    onLeave: () => onPoint(null),
  };
}

interface PlotProps {
  readonly box: Box;
  readonly maps: ActivationMaps;
  readonly axis: ValueAxis;
  readonly cursor: MapPlace | null;
}

function Plot({ box, maps, axis, cursor }: PlotProps) {
  const { width, height } = box;
  const layout = useMemo(() => mapsLayout({ width, height }, maps), [width, height, maps]);
  const corner = cursor && cornerOf(layout, maps, cursor.channel);
  return (
    <>
      <MapsCanvas {...{ maps, layout, axis, width, height }} />
      <svg className="chart-svg" width={width} height={height} aria-hidden="true">
        {cursor && corner && (
          <rect
            className="chart-outline"
            x={corner.x + cursor.column * layout.cell}
            y={corner.y + cursor.row * layout.cell}
            width={layout.cell}
            height={layout.cell}
          />
        )}
      </svg>
    </>
  );
}

interface LegendProps {
  readonly maps: ActivationMaps;
  readonly axis: ValueAxis;
  readonly at: MapPlace;
}

/** The value at the cursor, and the colours' meaning. */
function Legend({ maps, axis, at }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span>{placeText(maps, at)}</span>
        <span className="chart-figures">{valueText(maps, at)}</span>
      </div>
      <ColorScale ticks={axisTicks(axis, 5)} swatches={[{ color: notFiniteColor, label: words.notFinite }]}>
        <span className="chart-note">{words.scale}</span>
      </ColorScale>
    </div>
  );
}

interface MapsCanvasProps {
  readonly maps: ActivationMaps;
  readonly layout: MapsLayout;
  readonly axis: ValueAxis;
  readonly width: number;
  readonly height: number;
}

function paint({ context, ratio }: Canvas, { maps, layout, axis }: MapsCanvasProps): void {
  // Edges on whole device pixels leave no seams between two values.
  const edge = (position: number) => Math.round(position * ratio);
  for (let channel = 0; channel < maps.channels; channel++) {
    const corner = cornerOf(layout, maps, channel);
    for (let row = 0; row < maps.height; row++) {
      const [top, bottom] = [edge(corner.y + row * layout.cell), edge(corner.y + (row + 1) * layout.cell)];
      for (let column = 0; column < maps.width; column++) {
        const [left, right] = [edge(corner.x + column * layout.cell), edge(corner.x + (column + 1) * layout.cell)];
        context.fillStyle = css(colorOf(axis, maps.values[indexOf(maps, { channel, row, column })] ?? Number.NaN));
        context.fillRect(left, top, right - left, bottom - top);
      }
    }
  }
}

/** The maps of all channels, each value a square of its colour. */
const MapsCanvas = memo(function MapsCanvas(props: MapsCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const canvas = ref.current && cleared(ref.current, props);
    if (canvas) paint(canvas, props);
  });
  return <canvas ref={ref} className="chart-maps" style={{ width: props.width, height: props.height }} />;
});
