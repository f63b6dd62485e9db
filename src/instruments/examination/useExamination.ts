import { useMemo } from 'react';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import type { Examination, ExaminationHead, ExaminationKind, Report, Reports } from '../../session/examination.ts';
import { useCommands, useLab } from '../../session/hooks.ts';

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
  const specs = useLab(({ experiment }) => experiment.networks);
  const reports: Reports[K] = useLab((state) => state.reports[kind]);
  const examining = useLab((state) => state.examining);
  const isPossible = useLab(({ runs, status }) => Object.keys(runs).length > 0 && status.kind !== 'failed');
  const networks = useMemo(() => {
    const underWay = new Set(examining.filter((each) => each.kind === kind).map(({ network }) => network));
    const [first] = examining;
    return text.names.networks(specs).map((name, index): ExaminedNetwork<K> => {
      const id = networkIds[index] ?? 'a';
      const isNow = first?.kind === kind && first.network === id;
      return { id, name, report: reports?.[id] ?? null, isUnderWay: underWay.has(id), isNow };
    });
  }, [specs, reports, examining, kind]);
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
