import { type SymbolType, symbol, symbolDiamond, symbolStar, symbolTriangle, symbolWye } from 'd3-shape';
import { memo, useMemo } from 'react';
import { text } from '../messages/messages.ts';
import { usualMargins } from '../plot/area.ts';
import type { ChartSlots } from '../plot/Chart.tsx';
import { useCursor } from '../plot/cursor.ts';
import { crossLabels } from '../plot/labels.ts';
import { Legend, ShapeKey } from '../plot/legend.tsx';
import { kindLooks } from '../plot/looks.ts';
import { Band, Cross, Dots, Line, Marks, Rule, ShapeAt } from '../plot/marks.tsx';
import { Plot } from '../plot/Plot.tsx';
import { usePlane } from '../plot/plane.tsx';
import { errorAxis, errorRange, usePlaceAxis } from '../plot/scale.ts';
import { depthOfRun, type NetworkRun } from '../session/runs.ts';
import {
  cell,
  type FinalGroup,
  type FinalMeasure,
  type FinalRun,
  finalRun,
  groupsOf,
  kinds,
  type OtherRuns,
  phrasesAt,
  placesOf,
  type RunAxis,
  summary,
  summarySentence,
  tableOf,
} from './finalRuns.ts';

const words = text.charts.final;

/** Room above the plot, in rem, for each kind that has crosses. */
const CROSS_ROW = 1.1;

export interface FinalChartProps extends ChartSlots {
  readonly runs: readonly FinalRun[];
  readonly axis: RunAxis;
  /** Which final error is drawn. */
  readonly measure: FinalMeasure;
  /** Said while there are no runs. */
  readonly empty: string;
  /** Runs that were trained elsewhere. */
  readonly others?: readonly OtherRuns[];
  /** An error that the vertical axis holds besides, so that two charts can share one. */
  readonly atLeast?: number;
}

/** Final error of every finished run against a setting: plain and residual, every seed a dot, their range a band. */
export const FinalChart = memo(function FinalChart(props: FinalChartProps) {
  const { runs, axis, measure, empty, others = none, atLeast = 0, ...slots } = props;
  const places = useMemo(() => placesOf([...runs, ...others.flatMap((each) => each.runs)]), [runs, others]);
  const groups = useMemo(() => kinds.map((kind) => groupsOf(runs, kind, measure)), [runs, measure]);
  const cursor = useCursor(places, places.at(-1) ?? null);
  const foreign = useMemo(() => foreignGroups(others, measure), [others, measure]);
  const errors = [...groups.flat(), ...foreign.flatMap((each) => each.groups)].flatMap((group) => group.errors);
  const drawn = groups.filter((kind) => kind.length > 0);
  const ended = groups.map((kind) => kind.filter((group) => group.divergedAt.length > 0)).filter((kind) => kind[0]);
  return (
    <Plot
      {...slots}
      x={usePlaceAxis({ places, kind: axis.kind, name: axis.name }, axis.label)}
      y={errorAxis(errorRange(errors.length > 0 ? [...errors, atLeast] : []), text.charts.error.axis)}
      margins={{ top: usualMargins.top + ended.length * CROSS_ROW }}
      cursor={cursor}
      spoken={(at) => words.spoken(axis.words(at), phrasesAt(runs, at, measure, others))}
      summary={summarySentence(runs, axis, measure, others) ?? empty}
      empty={places.length === 0 ? empty : null}
      table={() => tableOf(runs, axis, others)}
      legend={
        <Legend
          head={cursor.at === null ? '' : axis.words(cursor.at)}
          patterns={
            <span className="chart-patterns">
              <span className="chart-key-band" /> {words.band}
            </span>
          }
          items={[
            ...kinds.map((kind, index) => ({
              key: kind,
              look: kindLooks[kind],
              name: words.kinds[kind],
              figures: figuresAt(groups[index] ?? [], cursor.at),
            })),
            ...foreign.map(({ key, kind, look, groups: own }) => ({
              key,
              look,
              isHollow: true,
              name: words.elsewhere(words.kinds[kind]),
              figures: figuresAt(own, cursor.at),
            })),
          ]}
          figures="wide"
        >
          {others.map(({ name }, index) => (
            <div key={name} className="chart-legend-item">
              <ShapeKey look={{ color: 'currentColor', shape: foreignShape(index).path }} isHollow />
              <span className="soft">{name}</span>
            </div>
          ))}
        </Legend>
      }
    >
      <Rule at={cursor.isPointing ? cursor.at : null} />
      {drawn.map((kind) => (
        <Spread key={kind[0]?.kind} groups={kind} />
      ))}
      {drawn.map((kind) => (
        <Means key={kind[0]?.kind} groups={kind} />
      ))}
      {foreign.map(({ key, type, look, groups: own }) => (
        <Marks
          key={key}
          shape={type}
          color={look.color}
          isHollow
          size={60}
          points={own.flatMap(({ at, errors: found }) => found.map((y) => ({ x: at, y })))}
        />
      ))}
      {ended.map((kind, row) => (
        <Diverged key={kind[0]?.kind} groups={kind} row={row} />
      ))}
    </Plot>
  );
});

const none: readonly OtherRuns[] = [];

/** Runs trained elsewhere have the colours of their kinds, and shapes of their own. */
const foreignShapes: readonly SymbolType[] = [symbolDiamond, symbolTriangle, symbolStar, symbolWye];
const FOREIGN_AREA = 52;

function foreignShape(index: number) {
  const type = foreignShapes[index % foreignShapes.length] ?? symbolDiamond;
  return { type, path: symbol(type, FOREIGN_AREA)() ?? '' };
}

/** The groups of each that trained elsewhere, a kind at a time; kinds without runs left out. */
function foreignGroups(others: readonly OtherRuns[], measure: FinalMeasure) {
  return others.flatMap(({ name, runs }, index) => {
    const { type, path } = foreignShape(index);
    return kinds.flatMap((kind) => {
      const groups = groupsOf(runs, kind, measure);
      const look = { color: kindLooks[kind].color, shape: path };
      return groups.length === 0 ? [] : [{ key: `${kind} ${name}`, kind, type, look, groups }];
    });
  });
}

function figuresAt(groups: readonly FinalGroup[], at: number | null): string {
  const group = groups.find((each) => each.at === at);
  return group ? cell(group) : text.charts.none;
}

/** Groups of one kind. */
interface GroupsProps {
  readonly groups: readonly FinalGroup[];
}

const colorOf = ([group]: readonly FinalGroup[]): string => kindLooks[group?.kind ?? 'plain'].color;

/** The mean and the range at every place where a run ended with an error. */
const stopsOf = (groups: readonly FinalGroup[]) =>
  groups.flatMap((group) => {
    const found = summary(group);
    return found === null ? [] : [{ x: group.at, y: found.mean, ...found }];
  });

/** The band from the lowest to the highest run. */
function Spread({ groups }: GroupsProps) {
  return <Band ranges={stopsOf(groups)} color={colorOf(groups)} />;
}

/** A line through the means, and at each place the seeds and their mean. */
function Means({ groups }: GroupsProps) {
  const color = colorOf(groups);
  const means = useMemo(() => stopsOf(groups), [groups]);
  return (
    <g>
      <Line points={means} kind="train" color={color} />
      {groups.map((group) => {
        const found = summary(group);
        return (
          <g key={group.at}>
            {group.errors.length > 1 && <Dots at={group.at} values={group.errors} color={color} />}
            {found && <ShapeAt look={kindLooks[group.kind]} x={group.at} y={found.mean} />}
          </g>
        );
      })}
    </g>
  );
}

/** Room that the labels of crosses take, in rem. */
const FULL = 8;
const SHORT = 3.4;

/** Runs without a final error stand above the plot, as crosses with the step at which the first of them ended. */
function Diverged({ groups, row }: GroupsProps & { readonly row: number }) {
  const { area, x, rem } = usePlane();
  const y = area.top - (0.7 + row * CROSS_ROW) * rem;
  const centers = groups.map((group) => x.at(group.at).px);
  const labels = crossLabels(centers, { full: FULL * rem, short: SHORT * rem }, area.right);
  return groups.map((group, index) => {
    const { text: form, side } = labels[index] ?? { text: null, side: 'right' };
    const center = centers[index] ?? 0;
    const step = group.divergedAt[0] ?? 0;
    return (
      <g key={group.at}>
        <Cross look={kindLooks[group.kind]} x={center} y={y} />
        {form && (
          <text
            className="chart-tick"
            x={center + (side === 'left' ? -8 : 8)}
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

const depth = text.charts.depth;

/** Runs compared over their depth. */
export const depthAxis: RunAxis = { kind: 'linear', label: depth.axis, name: String, words: depth.at };

export interface DepthChartProps extends Partial<ChartSlots> {
  readonly finished: readonly NetworkRun[];
  readonly measure?: FinalMeasure;
}

/** Final error of every finished run against depth. */
export const DepthChart = memo(function DepthChart({ finished, measure = 'train', ...slots }: DepthChartProps) {
  const runs = useMemo(() => finished.map((run) => finalRun(run, depthOfRun(run))), [finished]);
  return (
    <FinalChart
      {...slots}
      title={slots.title ?? depth.title}
      subtitle={slots.subtitle ?? depth.subtitle[measure]}
      {...{ runs, measure }}
      axis={depthAxis}
      empty={depth.empty}
    />
  );
});
