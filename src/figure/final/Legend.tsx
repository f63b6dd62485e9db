import { memo } from 'react';
import { text } from '../../messages/messages.ts';
import { ShapeKey } from '../../plot/legend.tsx';
import { kindLooks } from '../../plot/looks.ts';
import type { RunAxis } from './axis.ts';
import { type FinalGroup, kinds } from './groups.ts';
import { cell } from './reading.ts';

interface LegendProps {
  readonly groups: readonly FinalGroup[];
  readonly axis: RunAxis;
  readonly at: number | null;
}

/** Plain and residual, with their figures at the cursor. */
export const Legend = memo(function Legend({ groups, axis, at }: LegendProps) {
  const words = text.charts.final;
  return (
    <div className="chart-legend" aria-hidden="true">
      <div className="chart-legend-head">
        <span className="chart-at">{at === null ? '' : axis.words(at)}</span>
        <span className="chart-patterns">
          <span className="chart-key-band" /> {words.band}
        </span>
      </div>
      <div className="chart-legend-items chart-legend-wide">
        {kinds.map((kind) => {
          const group = groups.find((candidate) => candidate.kind === kind && candidate.at === at);
          return (
            <div key={kind} className="chart-legend-item">
              <ShapeKey look={kindLooks[kind]} />
              <span className="chart-legend-name">{words.kinds[kind]}</span>
              <span className="chart-figures">{group ? cell(group) : text.charts.none}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
});
