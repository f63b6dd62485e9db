import { useState } from 'react';
import { problem } from '../experiment/problem.ts';
import { laterText } from '../messages/laterText.ts';
import { sentence } from '../messages/messages.ts';
import { type ImportedCells, LARGEST_FILE, readCells } from '../session/sweeps/importedCells.ts';

/** Takes files of records. @returns what is said of those that were given last, and what takes more */
export function useImport(imported: ImportedCells, data: string) {
  const [said, setSaid] = useState<readonly string[]>([]);
  const taken = async (file: File): Promise<string[]> => {
    const { name, size } = file;
    if (size > LARGEST_FILE) {
      return [sentence(problem('imported.tooLarge', { file: name, bytes: size, limit: LARGEST_FILE }))];
    }
    const { cells, problems } = readCells(name, await file.text(), data);
    const held = imported.getState();
    const known = cells.filter(({ key }) => held.has(key)).length;
    imported.setState(new Map([...held, ...cells.map((cell) => [cell.key, cell] as const)]), true);
    const outcome = cells.length > 0 ? [laterText.sweep.elsewhere.taken(name, cells.length, known)] : [];
    return [...outcome, ...problems.map(sentence)];
  };
  const take = async (files: readonly File[]): Promise<void> => {
    const lines: string[] = [];
    for (const file of files) lines.push(...(await taken(file)));
    setSaid(lines);
  };
  return { said, take };
}
