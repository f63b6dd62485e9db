import { laterText } from '../messages/laterText.ts';
import { download } from '../plot/chartFiles.ts';
import type { FinishedCell } from '../session/sweeps/finishedCell.ts';
import { Button } from '../ui/Button.tsx';

/** Saves runs as a file of records, which every import here takes. */
export function SaveRecords({ cells }: { readonly cells: readonly FinishedCell[] }) {
  const save = (): void => {
    const lines = cells.map((cell) => `${JSON.stringify(cell)}\n`);
    download(new Blob(lines, { type: 'application/jsonl' }), 'depthscope-class.jsonl');
  };
  return <Button onPress={save}>{laterText.classroom.collect.save}</Button>;
}
