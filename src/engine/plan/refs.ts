/** What kernels read and write. */
import type { NodeId, ParameterId } from '../../network/graph.ts';

/** Numbers that live within one run of a schedule; those that live at different times may share memory. */
export interface Tensor {
  readonly id: number;
  readonly label: string;
  /** Vectors of four numbers in an entry; a quarter is one number. */
  readonly packs: number;
  /** What there is an entry for: an image; a part into which the target divides the work of the kernel that writes it; or all. */
  readonly per: 'image' | 'part' | 'run';
}

/** What a kernel reads or writes: a tensor, or something that outlives the run and lies where the target puts it. */
export type Ref =
  | { readonly in: 'tensor'; readonly tensor: Tensor }
  | { readonly in: 'parameter' | 'partialGradient'; readonly id: ParameterId }
  /** Of a batch norm: mean, inverse standard deviation, slope and intercept of its channels. */
  | { readonly in: 'norm'; readonly node: NodeId; readonly channels: number }
  /** Mean and standard deviation of the response, by channel, of the segment with this root. */
  | { readonly in: 'response'; readonly node: NodeId; readonly channels: number }
  /** Size of dz and number of dead units, of the measured segment with this root. */
  | { readonly in: 'stats'; readonly node: NodeId }
  | { readonly in: 'drop'; readonly node: NodeId }
  | { readonly in: 'data'; readonly name: 'pixels' | 'labels' | 'indices' };

/** Every buffer that a kernel reads or writes; one that it uses in two ways is there twice, and a target may bind it twice. */
export function buffersOf(kernel: object): Ref[] {
  return Object.values(kernel).flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    return 'in' in each ? [each as Ref] : buffersOf(each);
  });
}

export function tensor(of: Tensor): Ref {
  return { in: 'tensor', tensor: of };
}

export function parameter(id: ParameterId): Ref {
  return { in: 'parameter', id };
}
