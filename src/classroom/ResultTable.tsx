import { useMemo } from 'react';
import { engineText } from '../figure/about.ts';
import { percent } from '../messages/format.ts';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import { useCommands } from '../session/hooks.ts';
import { finalErrors } from '../session/runs.ts';
import { useKeptRuns } from '../session/storage/useKeptRuns.ts';
import { type FinishedCell, runOfCell } from '../session/sweeps/finishedCell.ts';
import type { Views } from '../session/views.ts';
import { Button } from '../ui/Button.tsx';
import { Table } from '../ui/Table.tsx';

const words = laterText.classroom.results;

/** A run that somebody has handed in. */
export interface Result {
  readonly key: string;
  readonly cell: FinishedCell;
  /** The teacher has taken its dot away. */
  readonly isStruck: boolean;
}

export interface ResultTableProps {
  readonly results: readonly Result[];
  readonly views: Views;
  /** Whose a run is, where that is known. */
  readonly nameOf?: (result: Result) => string;
  /** What else can be done to a run. */
  readonly action: { readonly word: (result: Result) => string; readonly run: (result: Result) => void };
}

/** The runs of a class, a row each. A doubtful one is opened in the lab and trained again: then both outcomes stand side by side. */
export function ResultTable({ results, views, nameOf, action }: ResultTableProps) {
  const { setExperiment } = useCommands();
  const kept = useKeptRuns();
  /** What this browser has found itself, the newest of each link. */
  const own = useMemo(() => new Map(kept.map(({ cell, run }) => [cell.link, run])), [kept]);
  const rows = useMemo(() => results.map((result) => ({ ...result, run: runOfCell(result.cell) })), [results]);
  return (
    <Table columns={words.columns} region={words.region}>
      <tbody>
        {rows.map((row) => {
          const { key, cell, run, isStruck } = row;
          const { networks, training } = run.experiment;
          const [network] = networks;
          const name = words.name(network ? text.names.network(network, training.size) : '', training.seed);
          const here = own.get(cell.link);
          return (
            <tr key={key} data-struck={isStruck || undefined}>
              <th scope="row">
                {isStruck ? words.struck(name) : name}
                {nameOf && <span className="note"> {nameOf(row)}</span>}
              </th>
              <td>{errorsText(run)}</td>
              <td>{here ? errorsText(here) : text.charts.none}</td>
              <td className="class-engine">{engineText(cell.engine)}</td>
              <td className="actions">
                <Button
                  look="chip"
                  aria-label={words.openName(name)}
                  onPress={() => {
                    setExperiment(run.experiment);
                    views.setState({ view: 'lab', ofClass: null });
                  }}
                >
                  {words.open}
                </Button>
                <Button look="chip" aria-label={`${action.word(row)}: ${name}`} onPress={() => action.run(row)}>
                  {action.word(row)}
                </Button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

function errorsText(run: Parameters<typeof finalErrors>[0]): string {
  const errors = finalErrors(run);
  if (!errors) return text.charts.diverged(run.divergedAt ?? 0);
  return text.charts.error.pair(percent(errors.trainError), percent(errors.testError));
}
