import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { Chart, type ChartSlots, type Reading } from '../../plot/Chart.tsx';
import { notFiniteColor, signedRamp } from '../../plot/color.ts';
import { type Cursor, upTo, useCursor } from '../../plot/cursor.ts';
import { ColorScale, ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { figuresText, phrasesAt, pointText, type ShatteredNetwork, summarySentence, tableOf } from './gradients.ts';
import { LINE_POINTS } from './report.ts';
import { TilesPlot } from './TilesPlot.tsx';
import { pointAt, tilesLayout } from './tiles.ts';

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
