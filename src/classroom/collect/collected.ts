/** The runs that a teacher has collected in this browser: they outlast a visit, so that links in a forum can be followed one after the other. */
import { recall, remember } from '../../session/storage/remembered.ts';
import { readFinishedCell } from '../../session/sweeps/finishedCell.ts';
import { type ImportedCells, importedCells } from '../../session/sweeps/importedCells.ts';

const KEY = 'collected';

function kept(): ReadonlyMap<string, NonNullable<ReturnType<typeof readFinishedCell>>> {
  const lines = (recall(KEY) ?? '').split('\n');
  return new Map(lines.flatMap((line) => readFinishedCell(line) ?? []).map((cell) => [cell.key, cell]));
}

/** By key: what was handed in twice is there once. */
export const collected: ImportedCells = importedCells();
collected.setState(kept(), true);
collected.subscribe((cells) => {
  remember(KEY, [...cells.values()].map((cell) => JSON.stringify(cell)).join('\n'));
});
// Another tab has collected some.
window.addEventListener('storage', ({ key }) => {
  if (key?.endsWith(KEY)) collected.setState(kept(), true);
});
