/** What the headless lab examines of the networks it trains, and how its findings are printed. */

import { networkIds } from '../../../src/experiment/experiment.ts';
import { examinationKinds } from '../../../src/instruments/instruments.ts';
import type { ExaminationKind, Reports } from '../../../src/session/examination.ts';

export interface Examinations {
  readonly kinds: readonly ExaminationKind[];
  /** Of the networks as they start, which are not trained then. */
  readonly untrained: boolean;
}

/** What the query of an address asks for: `?examine=blocks,gradients&untrained`. */
export function readExaminations(search: string): Examinations {
  const query = new URLSearchParams(search);
  const wanted = query.get('examine')?.split(',') ?? [];
  return { kinds: examinationKinds.filter((kind) => wanted.includes(kind)), untrained: query.has('untrained') };
}

export function formatExaminations({ kinds, untrained }: Examinations): Readonly<Record<string, string>> {
  return { ...(kinds.length > 0 && { examine: kinds.join() }), ...(untrained && { untrained: '' }) };
}

/** JSON has neither typed arrays nor numbers that are not finite: the first become lists, the second null by themselves. */
function plain(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
}

/** Those whose reports have labels in them. */
const kindsWithLabels: readonly ExaminationKind[] = ['answers', 'confusion', 'inside', 'shattering'];

/** A JSON line for every report, with the names of the classes where it speaks of labels. */
export function examinationLines(
  reports: Reports,
  kinds: readonly ExaminationKind[],
  classes: readonly string[],
): string[] {
  return kinds.flatMap((kind) =>
    networkIds.flatMap((network) => {
      const report = reports[kind]?.[network];
      const named = kindsWithLabels.includes(kind) ? { classes } : {};
      return report ? [JSON.stringify({ type: 'examination', kind, network, ...named, ...report }, plain)] : [];
    }),
  );
}
