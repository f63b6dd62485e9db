import type { Examination, ExaminationKind, Examined } from '../measurements/reports/kinds.ts';
import type { Examine, Subject } from './subject.ts';

type Loaders = { readonly [K in ExaminationKind]: () => Promise<{ readonly examine: Examine<K> }> };

/** Each is downloaded when it is first asked for. */
const loaders: Loaders = {
  blocks: () => import('./blocks.ts'),
  gradients: () => import('./gradients.ts'),
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
