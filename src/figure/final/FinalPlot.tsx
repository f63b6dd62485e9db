import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalAxis } from '../../plot/Axes.tsx';
import { type Box, rowsIn } from '../../plot/area.ts';
import { kindLooks } from '../../plot/looks.ts';
import { Cross, Shape } from '../../plot/marks.tsx';
import { percentTicks } from '../error/curves.ts';
import type { RunAxis } from './axis.ts';
import { crossLabels } from './crosses.ts';
import { errorY, type FinalPlane, meanLine, placeTicks, placeX, rangeBand, seedDots } from './geometry.ts';
import { type FinalGroup, summary } from './groups.ts';

/** Room above the plot, in rem, for each kind that has crosses. */
export const CROSS_ROW = 1.1;

interface FinalPlotProps {
  readonly box: Box;
  readonly plane: FinalPlane;
  /** Groups of one kind each. */
  readonly groups: readonly (readonly FinalGroup[])[];
  readonly axis: RunAxis;
  readonly places: readonly number[];
  /** The place that is pointed at. */
  readonly cursorAt: number | null;
}

export function FinalPlot({ box, plane, groups, axis, places, cursorAt }: FinalPlotProps) {
  const { area } = plane;
  const series = groups.filter((kind) => kind.length > 0);
  const longest = Math.max(2, ...places.map((place) => axis.name(place).length));
  const labelWidth = (0.5 + 0.5 * longest) * box.rem;
  const x = cursorAt === null ? null : placeX(plane, cursorAt);
  return (
    <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
      <VerticalAxis
        area={area}
        ticks={percentTicks(plane.axis, Math.min(6, rowsIn(area, box.rem)))}
        label={text.charts.error.axis}
      />
      <HorizontalAxis
        area={area}
        ticks={placeTicks(plane, places, axis.name, labelWidth)}
        label={axis.label}
        rem={box.rem}
      />
      {x !== null && <line className="chart-cursor" x1={x} x2={x} y1={area.top} y2={area.bottom} />}
      {series.map((kind) => (
        <Band key={kind[0]?.kind} groups={kind} plane={plane} />
      ))}
      {series.map((kind) => (
        <Means key={kind[0]?.kind} groups={kind} plane={plane} />
      ))}
      {groups
        .filter((kind) => kind.some((group) => group.divergedAt.length > 0))
        .map((kind, row) => (
          <Diverged
            key={kind[0]?.kind}
            groups={kind}
            plane={plane}
            y={area.top - (0.7 + row * CROSS_ROW) * box.rem}
            rem={box.rem}
          />
        ))}
    </svg>
  );
}

interface SeriesProps {
  readonly groups: readonly FinalGroup[];
  readonly plane: FinalPlane;
}

function Band({ groups, plane }: SeriesProps) {
  const look = groups[0] && kindLooks[groups[0].kind];
  return <path className="chart-band" d={rangeBand(groups, plane)} fill={look?.color} />;
}

function Means({ groups, plane }: SeriesProps) {
  const look = groups[0] && kindLooks[groups[0].kind];
  if (look === undefined) return null;
  return (
    <g>
      <path className="chart-line chart-line-train" d={meanLine(groups, plane)} stroke={look.color} />
      {groups.map((group) => {
        const found = summary(group);
        const x = placeX(plane, group.at);
        return (
          <g key={group.at}>
            <path className="chart-seeds" d={seedDots(group, plane)} stroke={look.color} />
            {found && <Shape look={look} x={x} y={errorY(plane, found.mean)} />}
          </g>
        );
      })}
    </g>
  );
}

/** Room that the labels of crosses take, in rem. */
const FULL = 8;
const SHORT = 3.4;

interface DivergedProps extends SeriesProps {
  /** Of the row that the kind has above the plot. */
  readonly y: number;
  readonly rem: number;
}

/** Runs without a final error stand above the plot, as crosses with the step at which the first of them ended. */
function Diverged({ groups, plane, y, rem }: DivergedProps) {
  const ended = groups.filter((group) => group.divergedAt.length > 0);
  const centers = ended.map((group) => placeX(plane, group.at));
  const labels = crossLabels(centers, { full: FULL * rem, short: SHORT * rem }, plane.area);
  return ended.map((group, index) => {
    const x = centers[index] ?? 0;
    const { text: form, side } = labels[index] ?? { text: null, side: 'right' };
    const step = group.divergedAt[0] ?? 0;
    return (
      <g key={group.at}>
        <Cross look={kindLooks[group.kind]} x={x} y={y} />
        {form && (
          <text
            className="chart-tick"
            x={x + (side === 'left' ? -8 : 8)}
            y={y}
            textAnchor={side === 'left' ? 'end' : 'start'}
            dominantBaseline="central"
          >
            {form === 'full' ? text.charts.diverged(step) : text.charts.at(step)}
          </text>
        )}
      </g>
    );
  });
}
