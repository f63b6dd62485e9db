import type { Examination, ExaminationKind, Examined } from '../measurements/reports/kinds.ts';
import type { Examine, Subject } from './subject.ts';

type Loaders = { readonly [K in ExaminationKind]: () => Promise<{ readonly examine: Examine<K> }> };

/** Each is downloaded when it is first asked for. */
const loaders: Loaders = {
  blocks: () => import('./blocks.ts'),
  confusion: () => import('./confusion.ts'),
  distributions: () => import('./distributions.ts'),
  gradients: () => import('./gradients.ts'),
  inside: () => import('./inside.ts'),
  removals: async () => ({ examine: (await import('./lesions.ts')).removals }),
  shattering: () => import('./shattering.ts'),
  swaps: async () => ({ examine: (await import('./lesions.ts')).swaps }),
  lossLine: async () => ({ examine: (await import('./slice/slice.ts')).line }),
  lossPlane: async () => ({ examine: (await import('./slice/slice.ts')).plane }),
};

/** Examines a network, and reports as it goes. */
export async function* examined<K extends ExaminationKind>(
  subject: Subject,
  asked: Examination<K>,
): AsyncGenerator<Examined<K>> {
  const { examine } = await loaders[asked.kind as K]();
  for await (const report of examine(subject, asked)) yield { kind: asked.kind, report } as Examined<K>;
}
