import type { Quantity } from '../../measurements/records.ts';
import { text } from '../../messages/messages.ts';
import { stepTicks, toX } from '../error/curves.ts';
import { HorizontalAxis } from '../frame/Axes.tsx';
import { type PlotArea, plotArea } from '../frame/plotArea.ts';
import { Cross } from '../frame/Shape.tsx';
import type { Box } from '../frame/useBox.ts';
import { type ChartNetwork, networkLooks } from '../network.ts';
import type { ValueAxis } from '../scale/axis.ts';
import { HeatMap } from './HeatMap.tsx';
import { layerTicks } from './layers.ts';
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
  const area = plotArea(box);
  const { run } = network;
  const layers = run?.layerNames.length ?? 0;
  const columns = Math.floor((area.right - area.left) / (4 * box.rem));
  return (
    <>
      {run && layers > 0 && (
        <HeatMap
          area={area}
          history={run.history[quantity]}
          steps={run.steps}
          layers={layers}
          axis={axis}
          lastStep={lastStep}
        />
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
        <HorizontalAxis area={area} ticks={stepTicks(lastStep, columns)} drop={1.2 * box.rem} unit={text.charts.step} />
        {viewStep !== null && viewStep > 0 && <Column area={area} lastStep={lastStep} step={viewStep} />}
        {cell && <CellMark area={area} lastStep={lastStep} layers={layers} cell={cell} />}
        {run?.overflow && <Overflow network={network} step={run.overflow.step} area={area} lastStep={lastStep} />}
      </svg>
    </>
  );
}

function LayerAxis({ area, layers, rem }: { area: PlotArea; layers: number; rem: number }) {
  return layerTicks(layers, area, rem).map(({ layer, y }) => (
    <text key={layer} className="chart-tick" x={area.left - 6} y={y} textAnchor="end" dominantBaseline="central">
      {layer === 1 ? text.charts.history.firstLayer : layer}
    </text>
  ));
}

/** The column of a step, outlined, with a handle above it: visible on every colour. */
function Column({ area, lastStep, step }: { area: PlotArea; lastStep: number; step: number }) {
  const left = toX(lastStep, area, Math.min(step, lastStep) - 1);
  const width = Math.max(2, (area.right - area.left) / lastStep);
  return <rect className="chart-outline" x={left} y={area.top} width={width} height={area.bottom - area.top} />;
}

interface CellMarkProps {
  readonly area: PlotArea;
  readonly lastStep: number;
  readonly layers: number;
  readonly cell: Cell;
}

/** The row and the column of a cell, and the cell itself. */
function CellMark({ area, lastStep, layers, cell }: CellMarkProps) {
  const width = (area.right - area.left) / lastStep;
  const height = (area.bottom - area.top) / layers;
  const x = toX(lastStep, area, cell.step - 1);
  const y = area.top + cell.layer * height;
  const middle = { x: x + width / 2, y: y + height / 2 };
  return (
    <g>
      <path
        className="chart-cross-hair"
        d={`M${middle.x},${area.top}V${area.bottom}M${area.left},${middle.y}H${area.right}`}
      />
      <rect
        className="chart-outline"
        x={middle.x - Math.max(3, width / 2)}
        y={middle.y - Math.max(3, height / 2)}
        width={Math.max(6, width)}
        height={Math.max(6, height)}
      />
    </g>
  );
}

function Overflow({
  network,
  step,
  area,
  lastStep,
}: {
  network: ChartNetwork;
  step: number;
  area: PlotArea;
  lastStep: number;
}) {
  const x = toX(lastStep, area, step);
  const isRight = x > (area.left + area.right) / 2;
  const y = (area.top + area.bottom) / 2;
  return (
    <g>
      <Cross look={networkLooks[network.id]} x={x + 7} y={y} />
      <text
        className="chart-note-text"
        x={isRight ? x - 6 : x + 16}
        y={y}
        textAnchor={isRight ? 'end' : 'start'}
        dominantBaseline="central"
      >
        {text.charts.diverged(step)}
      </text>
    </g>
  );
}
