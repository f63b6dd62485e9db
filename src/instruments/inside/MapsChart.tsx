import { memo, useMemo } from 'react';
import { laterText } from '../../messages/laterText.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { ColorScale } from '../../plot/ColorScale.tsx';
import { notFiniteColor } from '../../plot/color.ts';
import { useCursorAmong } from '../../plot/cursor.ts';
import { FacetOutline, FacetPlot, Pictures, useFacets } from '../../plot/facets.tsx';
import { Legend } from '../../plot/legend.tsx';
import { axisTicks } from '../../plot/scale.ts';
import {
  facetsOf,
  type MapPlace,
  mapsAxis,
  mapsPixels,
  movedIn,
  nearestPlace,
  placeText,
  summarySentence,
  tableOf,
  valueText,
} from './maps.ts';
import type { ActivationMaps, InsideReport, LookedAt } from './report.ts';

const words = laterText.inside.maps;

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

/** Before anything was looked at. */
const noMaps: ActivationMaps = { values: new Float32Array(), height: 1, width: 1, channels: 1 };

/** What a layer puts out for an image: a map for each channel. */
export const MapsChart = memo(function MapsChart({ name, layer, where, report }: MapsChartProps) {
  const maps = report?.maps ?? noMaps;
  const axis = useMemo(() => mapsAxis(maps), [maps]);
  const shape = useMemo(() => facetsOf(maps), [maps]);
  const bands = useMemo(() => [mapsPixels(maps, axis)], [maps, axis]);
  const layout = useFacets(shape);
  const { facets } = layout;
  const summary = useMemo(() => (report ? summarySentence(name, layer, report) : words.empty), [name, layer, report]);
  const values = maps.height * maps.width;
  const cursor = useCursorAmong<MapPlace>({
    home: () => report && { channel: 0, row: 0, column: 0 },
    read: (x, y, channel) => ({ channel, row: y - 1, column: x - 1 }),
    nearest: (place) => nearestPlace(maps, place),
    moved: (from, key) => movedIn(facets.columns, maps, from, key),
  });
  const { at } = cursor;
  return (
    <FacetPlot
      title={report ? words.title(layer) : words.anyTitle}
      subtitle={report && subtitleOf(where, report)}
      layout={layout}
      cursor={cursor}
      keys={words.keys}
      min={1}
      max={values * maps.channels}
      now={({ channel, row, column }) => channel * values + row * maps.width + column + 1}
      spoken={(place) => words.spoken(placeText(maps, place), valueText(maps, place))}
      summary={summary}
      empty={report ? null : words.empty}
      table={() => tableOf(report)}
      legend={at && <ValueLegend {...{ maps, axis, at }} />}
      behind={report && <Pictures {...{ layout, shape, bands }} />}
    >
      {cursor.isPointing && at && (
        <FacetOutline facets={facets} picture={at.channel} cell={{ column: at.column + 1, row: at.row + 1 }} />
      )}
    </FacetPlot>
  );
});

function subtitleOf(where: MapsChartProps['where'], { maps, image, step }: InsideReport): string {
  return words.subtitle(maps.channels, maps.height, maps.width, where, image, step);
}

interface LegendProps {
  readonly maps: ActivationMaps;
  readonly axis: ValueAxis;
  readonly at: MapPlace;
}

/** The value at the cursor, and the colours' meaning. */
function ValueLegend({ maps, axis, at }: LegendProps) {
  return (
    <Legend
      head={
        <>
          <span>{placeText(maps, at)}</span>
          <span className="chart-figures">{valueText(maps, at)}</span>
        </>
      }
    >
      <ColorScale ticks={axisTicks(axis, 5)} swatches={[{ color: notFiniteColor, label: words.notFinite }]}>
        <span className="soft">{words.scale}</span>
      </ColorScale>
    </Legend>
  );
}
