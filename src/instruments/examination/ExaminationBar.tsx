/** How an instrument has its networks examined: a button, progress, a stop, and at which step it was done. */
import { useMemo } from 'react';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import { laterText } from '../../messages/laterText.ts';
import type { Examination, ExaminationHead, ExaminationKind, Report, Reports } from '../../session/examination.ts';
import { useCommands, useLab, useNetworkNames } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';

const words = laterText.instruments.examination;

/** One of the lab's networks, with what an examination of it has found, and how far it is. */
export interface ExaminedNetwork<K extends ExaminationKind> {
  readonly id: NetworkId;
  readonly name: string;
  /** Null before it has begun. */
  readonly report: Report<K> | null;
  /** Asked for and not over. */
  readonly isUnderWay: boolean;
  /** Under way, and nothing else that was asked for comes before it. */
  readonly isNow: boolean;
}

export interface ExaminationState<K extends ExaminationKind> {
  readonly networks: readonly ExaminedNetwork<K>[];
  /** Whether there is something to examine. */
  readonly isPossible: boolean;
  readonly isUnderWay: boolean;
  /** Whether training stands still meanwhile. */
  readonly pauses: boolean;
  /** Examines every network, one after the other. */
  readonly start: (asked: Extract<Examination, { kind: K }>) => void;
  readonly stop: () => void;
}

/**
 * One kind of examination of all networks of the lab.
 * @param head of what is asked for
 */
export function useExamination<K extends ExaminationKind>({
  kind,
  pausesTraining,
}: ExaminationHead<K>): ExaminationState<K> {
  const { examine, stopExamining } = useCommands();
  const names = useNetworkNames();
  const reports: Reports[K] = useLab((state) => state.reports[kind]);
  const examining = useLab((state) => state.examining);
  const isPossible = useLab(({ runs, status }) => Object.keys(runs).length > 0 && status.kind !== 'failed');
  const networks = useMemo(() => {
    const underWay = new Set(examining.filter((each) => each.kind === kind).map(({ network }) => network));
    const [first] = examining;
    return names.map((name, index): ExaminedNetwork<K> => {
      const id = networkIds[index] ?? 'a';
      const isNow = first?.kind === kind && first.network === id;
      return { id, name, report: reports?.[id] ?? null, isUnderWay: underWay.has(id), isNow };
    });
  }, [names, reports, examining, kind]);
  return {
    networks,
    isPossible,
    isUnderWay: networks.some((each) => each.isUnderWay),
    pauses: pausesTraining,
    start: (asked) => {
      for (const { id } of networks) examine(id, asked);
    },
    stop: () => stopExamining(kind),
  };
}

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
