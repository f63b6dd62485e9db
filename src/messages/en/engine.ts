/** How engines are described. */
import { plural } from '../format.ts';

/** As `Device` of the engine room, which this room does not import. */
type Device =
  | { readonly kind: 'cpu'; readonly simd: boolean; readonly threads: number }
  | { readonly kind: 'gpu'; readonly name: string };

export const engine = {
  device: (device: Device): string => {
    if (device.kind === 'gpu') return device.name || 'GPU';
    const threads = plural(device.threads, { one: '# thread', other: '# threads' });
    return device.simd ? `CPU, ${threads}, SIMD` : `CPU, ${threads}`;
  },
};
