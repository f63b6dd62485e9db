import { text } from '../../messages/messages.ts';
import type { ExaminationKind } from '../../session/examination.ts';
import { useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
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
    <div className="row examination">
      {isUnderWay ? (
        <Button onPress={stop}>{words.stop}</Button>
      ) : (
        <Button look={has ? 'plain' : 'primary'} isDisabled={!isPossible} onPress={onStart}>
          {has ? words.again : words.start}
        </Button>
      )}
      {isUnderWay && <UnderWay networks={networks} />}
      <p className="view-text" role="status">
        {!isUnderWay && <Age networks={networks} pauses={pauses} />}
      </p>
    </div>
  );
}

interface NetworksProps<K extends ExaminationKind> {
  readonly networks: readonly ExaminedNetwork<K>[];
}

/** How far the network is that is being examined, or which one waits to be examined next. */
function UnderWay<K extends ExaminationKind>({ networks }: NetworksProps<K>) {
  const next = networks.find(({ isUnderWay }) => isUnderWay);
  if (!next) return null;
  const { name, report, isNow } = next;
  const isBegun = isNow && report !== null && report.done < report.planned;
  const { done, planned } = isBegun ? report : { done: 0, planned: 1 };
  const progress = isBegun ? words.progress(name, done, planned) : words.waiting(name);
  return <Progress label={words.progressLabel} fraction={done / planned} text={progress} />;
}

/** At which step the reports were made, and which are incomplete; where there are none, whether making them takes a pause. */
function Age<K extends ExaminationKind>({ networks, pauses }: NetworksProps<K> & { readonly pauses: boolean }) {
  const newest = useLab(newestStep);
  const reported = networks.flatMap(({ name, report }) => (report ? [{ name, ...report }] : []));
  if (reported.length === 0) return pauses && words.pauses;
  const oldest = Math.min(...reported.map(({ step }) => step));
  const age = oldest < newest ? words.old(oldest, newest) : words.computedAt(oldest);
  const inPart = reported.filter(({ done, planned }) => done < planned);
  return [age, ...inPart.map(({ name, done, planned }) => words.inPart(name, done, planned))].join(' ');
}
