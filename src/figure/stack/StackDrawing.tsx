/** The parts of a stack's drawing. All but the bars stay as they are while the network trains. */
import { type CSSProperties, memo } from 'react';
import { text } from '../../messages/messages.ts';
import type { Row } from '../../network/graph.ts';
import { type BarPaths, barPaths } from './bars.ts';
import { arcSigns, arcs, blockGroups } from './blocks.ts';
import { bracketText, stages } from './brackets.ts';
import type { Lanes, Span } from './lanes.ts';

interface BlocksProps {
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  readonly blocks: Span;
  readonly shortcuts: Span;
}

/** Blocks coloured by width, and shortcuts as arcs with signs for what lies on them. */
export const Blocks = memo(function Blocks({ rows, rowHeight, blocks, shortcuts }: BlocksProps) {
  return (
    <g>
      {blockGroups(rows, rowHeight, blocks).map(({ tint, path }) =>
        tint === null ? (
          <path key="outline" className="stack-outline" d={path} />
        ) : (
          <path key={tint} className="stack-block" d={path} style={{ '--tint': `${tint}%` } as CSSProperties} />
        ),
      )}
      <path className="stack-arc" d={arcs(rows, rowHeight, shortcuts)} />
      <path className="stack-sign" d={arcSigns(rows, rowHeight, shortcuts)} />
    </g>
  );
});

interface LabelsProps {
  readonly rows: readonly Row[];
  readonly rowHeight: number;
  readonly lanes: Lanes;
  readonly scale: number;
}

/** Each row's name, or one text along each stage where the rows are too small for names. */
export const Labels = memo(function Labels({ rows, rowHeight, lanes, scale }: LabelsProps) {
  if (lanes.labelling === 'brackets') return <Brackets rows={rows} rowHeight={rowHeight} lanes={lanes} scale={scale} />;
  return (
    <g>
      {rows.map((row, index) => (
        <text key={row.name} className="stack-label" x={lanes.labels.from} y={(index + 0.5) * rowHeight} dy="0.35em">
          {row.name}
          {lanes.labelling === 'shapes' && row.kind !== 'classifier' && (
            <tspan className="stack-shape" x={lanes.labels.to} textAnchor="end">
              {text.stack.shape(...row.shape)}
            </tspan>
          )}
        </text>
      ))}
    </g>
  );
});

function Brackets({ rows, rowHeight, lanes, scale }: LabelsProps) {
  const x = (lanes.labels.from + lanes.labels.to) / 2;
  return (
    <g>
      {stages(rows).map((stage) => {
        const label = bracketText(stage, rowHeight, text.stack.stage(stage.kind, ...stage.shape), scale);
        if (label === null) return null;
        const middle = ((stage.first + stage.last + 1) / 2) * rowHeight;
        return (
          <text
            key={stage.first}
            className="stack-label stack-shape"
            transform={`translate(${x},${middle}) rotate(90)`}
            textAnchor="middle"
            dy="0.35em"
          >
            {label}
          </text>
        );
      })}
    </g>
  );
}

type BarsProps = {
  readonly values: ArrayLike<number>;
  readonly rowOf: readonly number[];
  readonly axis: Parameters<typeof barPaths>[2];
  readonly rowHeight: number;
  readonly lane: Span;
};

/** The live bars. */
export const Bars = memo(function Bars({ values, rowOf, axis, rowHeight, lane }: BarsProps) {
  const paths: BarPaths = barPaths(values, rowOf, axis, rowHeight, lane);
  return (
    <g data-bars>
      <path className="stack-bars" d={paths.value} />
      <path className="stack-mark stack-mark-above" d={paths.above} />
      <path className="stack-mark stack-mark-below" d={paths.below} />
      <path className="stack-mark stack-mark-zero" d={paths.zero} />
      <path
        className="stack-mark stack-mark-broken"
        d={paths.notFinite}
        style={{ strokeWidth: Math.max(2, rowHeight - 2) }}
      />
    </g>
  );
});
