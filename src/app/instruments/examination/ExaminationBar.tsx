import type { ExaminationKind } from '../../../measurements/reports/kinds.ts';
import { text } from '../../../messages/messages.ts';
import { Button } from '../../../ui/Button.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { useLab } from '../../lab.ts';
import { newestStep } from '../../selectors.ts';
import type { ExaminationState, ExaminedNetwork } from './useExamination.ts';

const words = text.instruments.examination;

export interface ExaminationBarProps<K extends ExaminationKind> {
  readonly state: ExaminationState<K>;
  readonly onStart: () => void;
}

/** Starts and ends an examination of all networks, and says how far it is or how old. */
export function ExaminationBar<K extends ExaminationKind>({ state, onStart }: ExaminationBarProps<K>) {
  const { networks, isPossible, isUnderWay, pauses, stop } = state;
  const has = networks.some(({ report }) => report !== null);
  return (
    <div className="examination">
      {isUnderWay ? (
        <Button onPress={stop}>{words.stop}</Button>
      ) : (
        <Button look={has ? 'plain' : 'primary'} isDisabled={!isPossible} onPress={onStart}>
          {has ? words.again : words.start}
        </Button>
      )}
      {isUnderWay ? <UnderWay networks={networks} /> : <Age networks={networks} pauses={pauses} />}
    </div>
  );
}

interface NetworksProps<K extends ExaminationKind> {
  readonly networks: readonly ExaminedNetwork<K>[];
}

/** How far the network is that is being examined: the first that is under way. */
function UnderWay<K extends ExaminationKind>({ networks }: NetworksProps<K>) {
  const now = networks.find(({ isUnderWay }) => isUnderWay);
  if (!now) return null;
  const { name, report } = now;
  const isBegun = report !== null && report.done < report.planned;
  const { done, planned } = isBegun ? report : { done: 0, planned: 1 };
  const progress = isBegun ? words.progress(name, done, planned) : words.waiting(name);
  return <Progress label={words.progressLabel} fraction={done / planned} text={progress} />;
}

/** At which step a report was made, where there is one; otherwise whether making it takes a pause. */
function Age<K extends ExaminationKind>({ networks, pauses }: NetworksProps<K> & { readonly pauses: boolean }) {
  const newest = useLab(newestStep);
  const steps = networks.flatMap(({ report }) => (report ? [report.step] : []));
  const oldest = Math.min(...steps);
  const beforehand = pauses ? words.pauses : '';
  const sentence =
    steps.length === 0 ? beforehand : oldest < newest ? words.old(oldest, newest) : words.computedAt(oldest);
  return (
    <p className="view-text" role="status">
      {sentence}
    </p>
  );
}
