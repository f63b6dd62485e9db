import { memo } from 'react';
import type { Cell } from '../experiment/sweep/cells.ts';
import { seriesLook } from '../figure/stepSeries.ts';
import { percent } from '../messages/format.ts';
import { laterText } from '../messages/laterText.ts';
import { sentence, text } from '../messages/messages.ts';
import { ShapeKey } from '../plot/legend.tsx';
import { finalErrors } from '../session/runs.ts';
import { type CellState, cellId, type SweepState, stateOf } from '../session/sweeps/state.ts';
import { Button } from '../ui/Button.tsx';
import { CloseIcon, ResetIcon } from '../ui/icons.tsx';
import { Table } from '../ui/Table.tsx';
import { axisLabel, valueName } from './sweepAxis.ts';

const words = laterText.sweep.cells;

export interface CellActions {
  readonly onCancel: (cell: Cell) => void;
  readonly onRestore: (cell: Cell) => void;
  /** Loads the cell's experiment into the lab. */
  readonly onOpen: (cell: Cell) => void;
}

export interface CellTableProps extends CellActions {
  readonly state: SweepState;
}

/** Every cell and what has become of it: a row a value and kind, a column a seed. */
export const CellTable = memo(function CellTable({ state, ...actions }: CellTableProps) {
  const { sweep, cells } = state;
  if (cells.length === 0) return null;
  return (
    <div className="panel sweep-cells padded">
      <h2 className="text tight">{words.title}</h2>
      <p className="note">{words.subtitle}</p>
      <Table columns={[axisLabel(sweep.axis), ...sweep.seeds.map(words.seed)]} region={words.title}>
        <tbody>
          {sweep.values.flatMap((value, index) =>
            sweep.kinds.map((kind) => (
              <tr key={`${value} ${kind}`}>
                <th scope="row">
                  <ShapeKey look={seriesLook(kind, index, sweep.values.length)} />
                  {words.row(valueName(sweep.axis, value), kind)}
                </th>
                {cells
                  .filter((cell) => cell.value === value && cell.kind === kind)
                  .map((cell) => (
                    <td key={cellId(cell)}>
                      <CellEntry
                        cell={cell}
                        name={words.name(valueName(sweep.axis, value), kind, cell.seed)}
                        state={stateOf(state, cell)}
                        {...actions}
                      />
                    </td>
                  ))}
              </tr>
            )),
          )}
        </tbody>
      </Table>
    </div>
  );
});

interface CellEntryProps extends CellActions {
  readonly cell: Cell;
  /** For those who do not see where it stands. */
  readonly name: string;
  readonly state: CellState;
}

const CellEntry = memo(function CellEntry({ cell, name, state, onCancel, onRestore, onOpen }: CellEntryProps) {
  const cancel = (
    <Button look="icon" aria-label={words.cancel(name)} onPress={() => onCancel(cell)}>
      <CloseIcon />
    </Button>
  );
  switch (state.kind) {
    case 'waiting':
      return (
        <span className="sweep-cell soft">
          {words.waiting} {cancel}
        </span>
      );
    case 'running':
      return (
        <span className="sweep-cell strong">
          {words.running(state.run.steps, cell.experiment.training.steps)} {cancel}
        </span>
      );
    case 'cancelled':
      return (
        <span className="sweep-cell soft">
          {words.cancelled}
          <Button look="icon" aria-label={words.restore(name)} onPress={() => onRestore(cell)}>
            <ResetIcon />
          </Button>
        </span>
      );
    case 'refused':
      return <span className="sweep-cell sweep-cell-refused">{sentence(state.problem)}</span>;
    case 'done': {
      const errors = finalErrors(state.result);
      const shown = errors
        ? text.charts.error.pair(percent(errors.trainError), percent(errors.testError))
        : text.charts.diverged(state.result.divergedAt ?? 0);
      return (
        <Button look="chip" aria-label={words.open(name, shown)} onPress={() => onOpen(cell)}>
          {shown}
        </Button>
      );
    }
  }
});
