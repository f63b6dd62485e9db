import { useEffect, useState } from 'react';
import { percent } from '../../../messages/format.ts';
import { lessonText } from '../../../messages/lessonText.ts';
import { exact } from '../../../plot/format.ts';
import type { Run } from '../../../records/run.ts';
import { useCommands, useLab, useLabState } from '../../../session/hooks.ts';
import { Slider } from '../../../ui/Slider.tsx';
import { Table } from '../../../ui/Table.tsx';
import { factorAt } from '../../evidence.ts';
import type { ExtraProps } from '../../lesson.ts';

const words = lessonText.extras.gain;

/** The slider's ends, as powers of two. */
const SMALLEST = -1;
const LARGEST = 3;
const STEPS_PER_DOUBLING = 20;

/** The slider's position for a gain, on its grid: a browser rounds any other, and takes that for the learner's doing. */
function positionOf(gain: number): number {
  return Math.round(Math.log2(gain) * STEPS_PER_DOUBLING) / STEPS_PER_DOUBLING;
}

interface Try {
  readonly gain: number;
  readonly factor: number | null;
  readonly loss: number;
  readonly outcome: string;
}

function tryOf(gain: number, run: Run): Try {
  const error = run.evaluations.at(-1)?.trainError ?? Number.NaN;
  const outcome = run.overflow ? words.overflow(run.overflow.step) : words.error(percent(error));
  return { gain, factor: factorAt(run, 1), loss: run.loss[0] ?? Number.NaN, outcome };
}

/** The gain of both stacks, to be dragged, and what each try came to. */
export default function GainTries({ isAsked }: ExtraProps) {
  const { open } = useCommands();
  const stateNow = useLabState();
  const gain = useLab(({ experiment }) => experiment.networks[0]?.gain ?? 1);
  const tries = useTries();
  const set = (next: number) => {
    const { experiment } = stateNow();
    open({ ...experiment, networks: experiment.networks.map((network) => ({ ...network, gain: next })) });
  };
  return (
    <div className="column lesson-card">
      <div className="gain in-line">
        <span className="heavy">{words.label}</span>
        <Slider
          label={words.label}
          min={SMALLEST}
          max={LARGEST}
          step={1 / STEPS_PER_DOUBLING}
          value={positionOf(gain)}
          valueText={String(gain)}
          onChange={(power) => set(Number((2 ** power).toPrecision(3)))}
        />
        <output className="gain-value strong">{gain}</output>
      </div>
      <p className="note">{words.restarts}</p>
      {isAsked && <TriesTable tries={tries} />}
    </div>
  );
}

/** Every run that has ended since the lesson was opened, ordered by gain; the newest of each gain. */
function useTries(): readonly Try[] {
  const gain = useLab(({ experiment }) => experiment.networks[0]?.gain ?? 1);
  const run = useLab(({ runs, status }) => (status.kind === 'finished' ? runs.a : undefined));
  const [tries, setTries] = useState<readonly Try[]>([]);
  useEffect(() => {
    if (!run || run.steps === 0) return;
    setTries((before) =>
      [...before.filter((each) => each.gain !== gain), tryOf(gain, run)].sort((a, b) => a.gain - b.gain),
    );
  }, [run, gain]);
  return tries;
}

function TriesTable({ tries }: { readonly tries: readonly Try[] }) {
  return (
    <Table columns={[words.label, words.factor, words.loss, words.outcome]} caption={words.tries} isNumeric>
      <tbody>
        {tries.length === 0 && (
          <tr>
            <td colSpan={4}>{words.none}</td>
          </tr>
        )}
        {tries.map(({ gain, factor, loss, outcome }) => (
          <tr key={gain}>
            <th scope="row">{gain}</th>
            <td>{factor === null ? '–' : `× ${factor.toFixed(2)}`}</td>
            <td>{exact(loss)}</td>
            <td>{outcome}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
