/** Buffers on the GPU, and the parts of them that dispatches bind. */

/** Buffers that outlive a step, or that others fill. */
export type ArenaName =
  | 'parameters'
  | 'gradients'
  | 'moments'
  /** Partial gradients, a region a parameter. */
  | 'partial'
  /** What `layerGradient` measured, by layer. */
  | 'stats'
  /** Mean and variance of the responses, by layer and channel. */
  | 'response'
  /** Of every batch norm: mean, inverse standard deviation, slope, intercept. */
  | 'norms'
  /** Running averages of every batch norm's mean and variance (`averages.ts`). */
  | 'averages'
  | 'results'
  | 'control'
  /** Of every `drop` node: seed, node, how much it keeps. */
  | 'drops'
  | 'pixels'
  | 'labels'
  | 'indices'
  | 'pieceTable'
  | 'ownerTable'
  | 'measureTable'
  | 'averageTable';

export type ArenaBytes = Readonly<Partial<Record<ArenaName, number>>>;
/** All plans read parameters. */
export type BorrowedBytes = ArenaBytes & Readonly<Record<'parameters', number>>;

/** A buffer within one step, which shares its memory with others that live at other times. */
export interface PlanBuffer {
  readonly id: number;
  readonly label: string;
  readonly bytes: number;
}

/** A buffer, or 256-byte aligned part of an arena. In a plan for several networks, theirs lie behind each other in both. */
export type BufferRef =
  | { readonly kind: 'plan'; readonly buffer: PlanBuffer }
  | { readonly kind: 'arena'; readonly name: ArenaName; readonly offset: number; readonly bytes: number }
  /** `each`: bytes of one network, of which there are several behind each other; null where tables say what is whose. */
  | {
      readonly kind: 'arena';
      readonly name: ArenaName;
      readonly offset: null;
      readonly bytes: null;
      readonly each: number | null;
    };

export function wholeArena(name: ArenaName, each: number | null = null): BufferRef {
  return { kind: 'arena', name, offset: null, bytes: null, each };
}

export function partOfArena(name: ArenaName, firstPack: number, packs: number): BufferRef {
  return { kind: 'arena', name, offset: firstPack * 16, bytes: packs * 16 };
}
