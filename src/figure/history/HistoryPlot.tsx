import { memo, useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { HorizontalAxis, VerticalLabel } from '../../plot/Axes.tsx';
import { type Box, type PlotArea, plotArea } from '../../plot/area.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { type ChartNetwork, networkLooks } from '../../plot/looks.ts';
import { Cross } from '../../plot/marks.tsx';
import type { Quantity } from '../../records/records.ts';
import type { Run } from '../../records/run.ts';
import { stepTicks, toX } from '../error/curves.ts';
import { HeatMap } from './HeatMap.tsx';
import { layerTicks } from './layers.ts';
import { useLayerOutside, useStepOutside } from './outside.ts';
import type { Cell } from './reading.ts';

interface HistoryPlotProps {
  readonly box: Box;
  readonly network: ChartNetwork;
  readonly quantity: Quantity;
  readonly axis: ValueAxis;
  readonly lastStep: number;
  readonly viewStep: number | null;
  /** The cell that is pointed at. */
  readonly cell: Cell | null;
}

export function HistoryPlot({ box, network, quantity, axis, lastStep, viewStep, cell }: HistoryPlotProps) {
  const area = useMemo(() => plotArea(box), [box]);
  const { run } = network;
  const layers = run?.layerNames.length ?? 0;
  const values = run?.history.mean[quantity];
  const stepsPerRow = run?.history.stepsPerRow ?? 1;
  const rows = useMemo(() => values && { values, layers, stepsPerRow }, [values, layers, stepsPerRow]);
  const columns = Math.floor((area.right - area.left) / (4.5 * box.rem));
  const ticks = useMemo(() => stepTicks(lastStep, columns), [lastStep, columns]);
  return (
    <>
      {run && rows && layers > 0 && (
        <HeatMap area={area} rows={rows} steps={run.steps} axis={axis} lastStep={lastStep} />
      )}
      <svg className="chart-svg" width={box.width} height={box.height} aria-hidden="true">
        <rect
          className="chart-frame"
          x={area.left}
          y={area.top}
          width={area.right - area.left}
          height={area.bottom - area.top}
        />
        <LayerAxis area={area} layers={layers} rem={box.rem} />
        <VerticalLabel area={area} label={text.charts.history.axis} />
        <HorizontalAxis area={area} ticks={ticks} label={text.charts.step} rem={box.rem} />
        {viewStep !== null && viewStep > 0 && <Column area={area} lastStep={lastStep} step={viewStep} />}
        {run && <OutsideMark area={area} lastStep={lastStep} network={network} run={run} />}
        {run && cell && <CellMark area={area} lastStep={lastStep} run={run} cell={cell} />}
        {run?.overflow && (
          <Overflow network={network} step={run.overflow.step} area={area} lastStep={lastStep} rem={box.rem} />
        )}
      </svg>
    </>
  );
}

const LayerAxis = memo(function LayerAxis({ area, layers, rem }: { area: PlotArea; layers: number; rem: number }) {
  return layerTicks(layers, area, rem).map(({ layer, y }) => (
    <text key={layer} className="chart-tick" x={area.left - 6} y={y} textAnchor="end" dominantBaseline="central">
      {layer}
    </text>
  ));
});

/** The column of a step, outlined so that it is visible on every colour. */
function Column({ area, lastStep, step }: { area: PlotArea; lastStep: number; step: number }) {
  const left = toX(lastStep, area, Math.min(step, lastStep) - 1);
  const width = Math.max(2, (area.right - area.left) / lastStep);
  return <rect className="chart-outline" x={left} y={area.top} width={width} height={area.bottom - area.top} />;
}

interface CellMarkProps {
  readonly area: PlotArea;
  readonly lastStep: number;
  readonly run: Run;
  readonly cell: Cell;
}

interface OutsideMarkProps {
  readonly area: PlotArea;
  readonly lastStep: number;
  readonly network: ChartNetwork;
  readonly run: Run;
}

/** The row of the layer and the column of the step that are pointed at in another chart. */
function OutsideMark({ area, lastStep, network, run }: OutsideMarkProps) {
  const layer = useLayerOutside(network);
  const step = useStepOutside(network);
  const height = (area.bottom - area.top) / run.layerNames.length;
  const right = toX(lastStep, area, run.steps);
  return (
    <>
      {step !== null && <Column area={area} lastStep={lastStep} step={step} />}
      {layer !== null && (
        <rect
          className="chart-outline"
          x={area.left}
          y={area.top + layer * height}
          width={right - area.left}
          height={Math.max(2, height)}
        />
      )}
    </>
  );
}

/** The row and the column of a cell, and the cell itself. */
function CellMark({ area, lastStep, run, cell }: CellMarkProps) {
  const width = (area.right - area.left) / lastStep;
  const height = (area.bottom - area.top) / run.layerNames.length;
  const x = toX(lastStep, area, cell.step - 0.5);
  const y = area.top + (cell.layer + 0.5) * height;
  const shown = { width: Math.max(6, width), height: Math.max(6, height) };
  return (
    <g>
      <path
        className="chart-cross-hair"
        d={`M${x},${area.top}V${area.bottom}M${area.left},${y}H${toX(lastStep, area, run.steps)}`}
      />
      <rect className="chart-outline" x={x - shown.width / 2} y={y - shown.height / 2} {...shown} />
    </g>
  );
}

interface OverflowProps {
  readonly network: ChartNetwork;
  readonly step: number;
  readonly area: PlotArea;
  readonly lastStep: number;
  readonly rem: number;
}

/** Where the history ends early, and why. */
function Overflow({ network, step, area, lastStep, rem }: OverflowProps) {
  const x = Math.min(toX(lastStep, area, step) + 8, area.right - 6);
  const y = (area.top + area.bottom) / 2;
  const { dy, ...at } = noteAt(x, area, rem);
  return (
    <g>
      <Cross look={networkLooks[network.id]} x={x} y={y} />
      <text className="chart-note-text" {...at} y={y + dy} dominantBaseline="central">
        {text.charts.diverged(step)}
      </text>
    </g>
  );
}

/** Room that a note takes, in rem. */
const NOTE_WIDTH = 8.5;

/** A note stands right of its cross, or left of it, or, where neither side has room, below. */
function noteAt(x: number, area: PlotArea, rem: number): { x: number; dy: number; textAnchor: 'start' | 'end' } {
  if (area.right - x >= NOTE_WIDTH * rem) return { x: x + 9, dy: 0, textAnchor: 'start' };
  if (x - area.left >= NOTE_WIDTH * rem) return { x: x - 14, dy: 0, textAnchor: 'end' };
  return { x: area.right - 4, dy: 1.2 * rem, textAnchor: 'end' };
}
