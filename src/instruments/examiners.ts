import type { Examine, Subject } from './examination/subject.ts';
import type { Examination, ExaminationKind, Examined } from './kinds.ts';

type Loaders = { readonly [K in ExaminationKind]: () => Promise<{ readonly examine: Examine<K> }> };

/** Each is downloaded when it is first asked for. */
const loaders: Loaders = {
  blocks: () => import('./layers/examineBlocks.ts'),
  confusion: () => import('./inside/examineConfusion.ts'),
  distributions: () => import('./distributions/examine.ts'),
  gradients: () => import('./gradientCheck/examine.ts'),
  inside: () => import('./inside/examine.ts'),
  removals: async () => ({ examine: (await import('./lesions/examine.ts')).removals }),
  shattering: () => import('./shattering/examine.ts'),
  swaps: async () => ({ examine: (await import('./lesions/examine.ts')).swaps }),
  lossLine: async () => ({ examine: (await import('./slice/examine.ts')).line }),
  lossPlane: async () => ({ examine: (await import('./slice/examine.ts')).plane }),
};

/** Examines a network, and reports as it goes. */
export async function* examined<K extends ExaminationKind>(
  subject: Subject,
  asked: Examination<K>,
): AsyncGenerator<Examined<K>> {
  const { examine } = await loaders[asked.kind as K]();
  for await (const report of examine(subject, asked)) yield { kind: asked.kind, report } as Examined<K>;
}
