/** Finished cells that were imported: they outlast the visit in a database of their own, so that none is ever taken for a run of this browser. */
import { inTransaction, settled } from '../../data/indexedDb.ts';
import { asFinishedCell, dataOfKey, type FinishedCell, isOfThisVersion } from '../sweeps/finishedCell.ts';
import { type ImportedCells, importedCells } from '../sweeps/importedCells.ts';

const ask = <T>(mode: IDBTransactionMode, question: (cells: IDBObjectStore) => Promise<T> | T) =>
  inTransaction('depthscope-imported', { cells: { keyPath: 'key' } }, mode, ({ cells }) => question(cells));

/**
 * Imported cells, with those of earlier visits once they have been read. Whatever is added or removed is so on the next visit, too.
 *
 * @param data the name of the data set, checksums included: what was trained on another, or for another version of the page, is left out
 * @param onRefusal told why a change lasts only as long as the page
 */
export function keptImports(data: string, onRefusal: (error: unknown) => void): ImportedCells {
  const imported = importedCells();
  let kept = imported.getState();
  imported.subscribe((now) => {
    const gone = [...kept.keys()].filter((key) => !now.has(key));
    const added = [...now.values()].filter((cell) => kept.get(cell.key) !== cell);
    kept = now;
    if (gone.length + added.length === 0) return;
    ask('readwrite', (cells) => {
      for (const key of gone) cells.delete(key);
      for (const cell of added) cells.put(cell);
    }).catch(onRefusal);
  });
  const read = async (): Promise<void> => {
    const found = await ask('readonly', (cells) => settled<unknown[]>(cells.getAll()));
    const cells = found.map(asFinishedCell).filter((cell): cell is FinishedCell => {
      return cell !== null && isOfThisVersion(cell) && dataOfKey(cell) === data;
    });
    kept = new Map([...cells.map((cell) => [cell.key, cell] as const), ...kept]);
    imported.setState(kept, true);
  };
  // A sandboxed frame has no database: nothing is kept there.
  read().catch(() => undefined);
  return imported;
}
