import type { Slice } from '../../../charts/slice/slices.ts';
import type { ExaminedNetwork } from '../examination/useExamination.ts';

/** The networks of which something is known. */
export function slicesOf(networks: readonly ExaminedNetwork<'lossLine' | 'lossPlane'>[]): Slice[] {
  return networks.flatMap(({ id, name, report }) => (report ? [{ id, name, report }] : []));
}
