import { evaluationImages } from '../../data/evaluationSample.ts';
import { text } from '../../messages/messages.ts';
import { NumberField } from '../../ui/NumberField.tsx';

const words = text.shattering;

/** Test images by index, from 0; people count from 1. */
export type Ends = readonly [number, number];

function read(typed: string) {
  const value = Number(typed.trim());
  const isThere = Number.isInteger(value) && value >= 1 && value <= evaluationImages;
  return isThere ? { value: value - 1 } : { error: words.endProblem(evaluationImages) };
}

interface EndFieldsProps {
  readonly ends: Ends;
  readonly onChange: (ends: Ends) => void;
}

/** The two test images that a line runs between. */
export function EndFields({ ends: [from, to], onChange }: EndFieldsProps) {
  const shared = { range: words.endRange(evaluationImages), format: (end: number) => String(end + 1), read };
  const commit = (next: Ends): string | null => {
    if (next[0] === next[1]) return words.sameProblem;
    onChange(next);
    return null;
  };
  return (
    <>
      <NumberField {...shared} label={words.from} value={from} onCommit={(end) => commit([end, to])} />
      <NumberField {...shared} label={words.to} value={to} onCommit={(end) => commit([from, end])} />
    </>
  );
}
