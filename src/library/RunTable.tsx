import { memo } from 'react';
import { HandInButton } from '../classroom/handIn/HandInButton.tsx';
import { engineInShort } from '../figure/about.ts';
import { number, percent } from '../messages/format.ts';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import { finalErrors } from '../session/runs.ts';
import type { FinishedCell } from '../session/sweeps/finishedCell.ts';
import { Button } from '../ui/Button.tsx';
import { Checkbox } from '../ui/Checkbox.tsx';
import { EntryField } from '../ui/EntryField.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { PopoverButton } from '../ui/PopoverButton.tsx';
import { Table } from '../ui/Table.tsx';
import type { Entry } from './entries.ts';

const words = laterText.library;
const [, , networkHead, seedHead, stepsHead, trainHead, testHead, engineHead, finishedHead] = words.columns;

/** Longer names would leave no room for the other columns. */
const LONGEST_NAME = 60;

export interface RunActions {
  readonly onChoose: (key: string, isChosen: boolean) => void;
  readonly onRename: (cell: FinishedCell, name: string) => void;
  readonly onDelete: (entry: Entry) => void;
  /** Loads the run's experiment into the lab. */
  readonly onOpen: (entry: Entry) => void;
}

export interface RunTableProps extends RunActions {
  readonly entries: readonly Entry[];
  /** Keys of the runs that are compared. */
  readonly chosen: readonly string[];
  readonly mostChosen: number;
}

/** Every finished run, the newest first. */
export const RunTable = memo(function RunTable({ entries, chosen, mostChosen, ...actions }: RunTableProps) {
  return (
    <Table columns={words.columns} region={words.title}>
      <tbody>
        {entries.map((entry) => {
          const isChosen = chosen.includes(entry.cell.key);
          return (
            <RunRow
              key={entry.cell.key}
              entry={entry}
              isChosen={isChosen}
              canBeChosen={isChosen || chosen.length < mostChosen}
              {...actions}
            />
          );
        })}
      </tbody>
    </Table>
  );
});

interface RunRowProps extends RunActions {
  readonly entry: Entry;
  readonly isChosen: boolean;
  readonly canBeChosen: boolean;
}

function RunRow({ entry, isChosen, canBeChosen, onChoose, onRename, onDelete, onOpen }: RunRowProps) {
  const { cell, run, network, name } = entry;
  const errors = finalErrors(run);
  return (
    <tr>
      <td>
        <Checkbox
          label={words.compare(name)}
          isSelected={isChosen}
          isDisabled={!canBeChosen}
          onChange={(chosen) => onChoose(cell.key, chosen)}
        />
      </td>
      <th scope="row">
        <PopoverButton title={words.rename} name={words.renameName(name)} look="chip" face={name}>
          <EntryField<string>
            label={words.name}
            range={words.nameRange(LONGEST_NAME)}
            value={cell.name ?? ''}
            format={(typed) => typed}
            read={(typed) =>
              typed.trim().length <= LONGEST_NAME ? { value: typed.trim() } : { error: words.tooLong(LONGEST_NAME) }
            }
            onCommit={(typed) => {
              onRename(cell, typed);
              return null;
            }}
          />
        </PopoverButton>
      </th>
      <td data-head={networkHead}>{network}</td>
      <td data-head={seedHead}>{run.experiment.training.seed}</td>
      <td data-head={stepsHead}>{number(run.steps)}</td>
      <td data-head={trainHead}>{errors ? percent(errors.trainError) : text.charts.diverged(run.divergedAt ?? 0)}</td>
      <td data-head={testHead}>{errors ? percent(errors.testError) : text.charts.none}</td>
      <td data-head={engineHead}>{engineInShort(cell.engine)}</td>
      <td data-head={finishedHead}>{words.finished(words.date(cell.finishedAt), run.isRepeatable)}</td>
      <td className="actions">
        <Button look="chip" aria-label={words.openName(name)} onPress={() => onOpen(entry)}>
          {words.open}
        </Button>
        <HandInButton cell={cell} name={words.handInName(name)} />
        <Button look="icon" aria-label={words.deleteName(name)} onPress={() => onDelete(entry)}>
          <CloseIcon />
        </Button>
      </td>
    </tr>
  );
}
