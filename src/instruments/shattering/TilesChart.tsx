import { memo, useMemo } from 'react';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import type { ChartSlots } from '../../plot/Chart.tsx';
import { ColorScale } from '../../plot/ColorScale.tsx';
import { notFiniteColor, signedRamp } from '../../plot/color.ts';
import { moved, upTo, useCursorAmong } from '../../plot/cursor.ts';
import { FacetOutline, FacetPlot, type Facets, Pictures, useFacets } from '../../plot/facets.tsx';
import { Legend } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { Shape } from '../../plot/marks.tsx';
import { LINE_POINTS } from './report.ts';
import {
  figuresText,
  gradientPixels,
  linePixels,
  phrasesAt,
  pointText,
  type ShatteredNetwork,
  summarySentence,
  tableOf,
} from './tiles.ts';

const words = laterText.shattering.tiles;

const positions = upTo(LINE_POINTS);

const scaleTicks = [
  { value: -1, at: 0, label: words.lowest },
  { value: 0, at: 0.5, label: '0' },
  { value: 1, at: 1, label: words.highest },
];

export interface TilesChartProps extends Omit<ChartSlots, 'title'> {
  readonly networks: readonly ShatteredNetwork[];
}

/** A band is one row, or it breaks into rows of much the same length. */
const MOST_ROWS = 4;

/** The images on the line, and below them the gradient of every network at each: pictures that flicker are shattered. */
export const TilesChart = memo(function TilesChart({ networks, ...slots }: TilesChartProps) {
  const { size, line } = networks[0]?.report ?? { size: 1, line: new Uint8Array(LINE_POINTS) };
  const count = networks.length + 1;
  const shape = useMemo(
    () => ({
      ...{ count: LINE_POINTS, width: size, height: size, bands: count },
      ...{ mostRows: MOST_ROWS, gap: 1, heading: 1.5, below: 2.2 },
    }),
    [size, count],
  );
  const bands = useMemo(
    () => [linePixels({ line, size }), ...networks.map(({ report }) => gradientPixels(report))],
    [networks, line, size],
  );
  const layout = useFacets(shape);
  const cursor = useCursorAmong<number>({
    home: () => (networks.length === 0 ? null : 1),
    read: (_x, _y, picture) => picture + 1,
    nearest: (point) => point,
    moved: (point, key) => moved(positions, point, key),
  });
  const { at } = cursor;
  return (
    <FacetPlot
      title={words.title}
      subtitle={slots.subtitle}
      actions={slots.actions}
      layout={layout}
      cursor={cursor}
      min={1}
      max={LINE_POINTS}
      spoken={(point) => words.spoken(pointText(point - 1), phrasesAt(networks, point - 1))}
      summary={summarySentence(networks) ?? laterText.shattering.empty}
      empty={networks.length === 0 ? laterText.shattering.empty : null}
      table={() => tableOf(networks)}
      legend={at !== null && <PointLegend networks={networks} at={at} />}
      behind={networks.length > 0 && <Pictures {...{ layout, shape, bands }} />}
    >
      {networks.length > 0 && <Names networks={networks} facets={layout.facets} rem={layout.box.rem} />}
      {cursor.isPointing &&
        at !== null &&
        [...bands.keys()].map((band) => (
          <FacetOutline key={band} facets={layout.facets} picture={at - 1} band={band} />
        ))}
    </FacetPlot>
  );
});

interface LegendProps extends Pick<TilesChartProps, 'networks'> {
  readonly at: number;
}

/** The gradients at the cursor in figures, and the colours' meaning. */
function PointLegend({ networks, at }: LegendProps) {
  return (
    <Legend
      head={pointText(at - 1)}
      patterns={<span>{words.figuresHead}</span>}
      items={networks.map((network) => ({
        key: network.id,
        look: networkLooks[network.id],
        name: network.name,
        figures: figuresText(network, at - 1),
      }))}
    >
      <ColorScale
        ticks={scaleTicks}
        background={signedRamp}
        swatches={[{ color: notFiniteColor, label: text.charts.history.notFinite }]}
      >
        <span className="soft">{words.scale}</span>
      </ColorScale>
    </Legend>
  );
}

interface NamesProps extends Pick<TilesChartProps, 'networks'> {
  readonly facets: Facets;
  /** In pixels. */
  readonly rem: number;
}

/** What each band shows, and below the last what the points are, with their numbers where a band is one row. */
function Names({ networks, facets, rem }: NamesProps) {
  const { rows, band, at } = facets;
  const bottom = (networks.length + 1) * band;
  const numbered = rows > 1 ? [] : [1, 9, 17, 25, 33];
  const heading = (which: number, name: string, x = 0) => (
    <text className="chart-axis-label" x={x} y={which * band + 0.9 * rem} dominantBaseline="central">
      {name}
    </text>
  );
  return (
    <g>
      {heading(0, words.images)}
      {networks.map(({ id, name }, index) => (
        <g key={id}>
          <Shape look={networkLooks[id]} x={0.4 * rem} y={(index + 1) * band + 0.9 * rem} />
          {heading(index + 1, name, 1.1 * rem)}
        </g>
      ))}
      {numbered.map((point) => {
        const { x } = at(point - 1);
        return (
          <text key={point} className="chart-tick" x={(x.from + x.to) / 2} y={bottom + 0.9 * rem} textAnchor="middle">
            {point}
          </text>
        );
      })}
      <text
        className="chart-axis-label"
        x={at(facets.columns - 1).x.to / 2}
        y={bottom + (rows > 1 ? 1.2 : 1.9) * rem}
        textAnchor="middle"
      >
        {rows > 1 ? words.acrossRows : words.across}
      </text>
    </g>
  );
}
