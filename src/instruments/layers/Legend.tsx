import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { exact } from '../../plot/format.ts';
import { LineKey, ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { usePositionsOutside } from './outside.ts';
import { factorText, onView, pinsOf } from './reading.ts';
import { type LayerSeries, pinLines } from './series.ts';

const words = text.charts.layers;

interface LegendProps {
  readonly series: readonly LayerSeries[];
  /** What the horizontal axis counts. */
  readonly across: string;
  readonly isFitted: boolean;
  /** The layer at the cursor. */
  readonly at: number | null;
}

/** The legend with the values at the cursor, or at the layer that is pointed at in another chart. */
export function LayersLegend({ chart, ...props }: LegendProps & { readonly chart: string }) {
  const [outside] = usePositionsOutside(props.series, chart);
  return <Legend {...props} at={outside ?? props.at} />;
}

/** Which marks and lines are whose, with their value at the cursor and the factors of their lines. */
const Legend = memo(function Legend({ series, across, isFitted, at }: LegendProps) {
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{at !== null && words.at(across, at)}</span>
        {isFitted && (
          <span className="chart-patterns">
            <LineKey kind="fit" /> {words.fit}{' '}
            {series.some(({ theory }) => theory !== null) && (
              <>
                <LineKey kind="theory" /> {words.theory}
              </>
            )}
          </span>
        )}
      </div>
      <div className="chart-legend-items chart-legend-wide">
        {onView(series).map((each) => (
          <div key={each.id} className="chart-legend-item">
            <ShapeKey look={networkLooks[each.id]} />
            <span className="chart-legend-name">{each.name}</span>
            <Figures series={each} at={at} isFitted={isFitted} />
          </div>
        ))}
      </div>
      {pinsOf(series).map(([pin, pinned]) => (
        <div key={pin} className="chart-legend-pin">
          <span className="chart-legend-item">
            <LineKey kind={pinLines[pin] ?? 'pin-1'} /> {words.step(pinned[0]?.step ?? 0)}
          </span>
          {pinned.map((each) => (
            <span key={each.id} className="chart-legend-item">
              <ShapeKey look={networkLooks[each.id]} />
              <Figures series={each} at={at} isFitted={isFitted} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
});

function Figures({ series, at, isFitted }: Pick<LegendProps, 'at' | 'isFitted'> & { readonly series: LayerSeries }) {
  const value = at === null ? undefined : series.values[at - 1];
  return (
    <span className="chart-figures">
      {words.figures(value === undefined ? null : exact(value), isFitted ? factorText(series) : null)}
    </span>
  );
}
