import type { ExaminedNetwork } from '../examination/useExamination.ts';
import type { Slice } from './slices.ts';

/** The networks of which something is known. */
export function slicesOf(networks: readonly ExaminedNetwork<'lossLine' | 'lossPlane'>[]): Slice[] {
  return networks.flatMap(({ id, name, report }) => (report ? [{ id, name, report }] : []));
}
