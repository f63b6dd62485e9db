/**
 * A kernel in the making: a function of addresses, which works for one image, one chunk of images, or one parameter. What its
 * parameters point at are places, which a call turns into addresses (`lowering/schedule.ts`).
 */
import type { Code, Local } from '../assembler/code.ts';
import { call, FunctionBuilder, type FunctionCode, type FunctionIndex } from '../assembler/module.ts';
import { exponentialFunctions, type FunctionName, keepFunction } from './functions.ts';

/** Memory that a plan needs for some time, and shares with what it needs at others. */
export interface PlanBuffer {
  readonly id: number;
  readonly label: string;
  /** Bytes of one entry. */
  readonly stride: number;
  /** Of what it has an entry each: images, chunks of images; or it has one. */
  readonly per: 'image' | 'chunk' | 'plan';
}

/** What a parameter of a kernel is. */
export type Place =
  /** The image's, the chunk's or the plan's entry of a buffer. */
  | { readonly kind: 'buffer'; readonly buffer: PlanBuffer; readonly offset: number }
  /** The first entry, whatever is worked for. */
  | { readonly kind: 'whole'; readonly buffer: PlanBuffer; readonly offset: number }
  /** An address that no plan moves. */
  | { readonly kind: 'fixed'; readonly address: number }
  /** The thread's own. */
  | { readonly kind: 'scratch'; readonly offset: number }
  /** Not an address: the image's number, times this. */
  | { readonly kind: 'image'; readonly times: number }
  /** Not an address: a number. */
  | { readonly kind: 'number'; readonly value: number };

export const at = (buffer: PlanBuffer, offset = 0): Place => ({ kind: 'buffer', buffer, offset });
export const wholeOf = (buffer: PlanBuffer, offset = 0): Place => ({ kind: 'whole', buffer, offset });
export const fixed = (address: number): Place => ({ kind: 'fixed', address });

/** Functions that kernels call, by name. */
export type Library = (name: FunctionName) => FunctionIndex;

export interface KernelCall {
  readonly code: FunctionCode;
  readonly places: readonly Place[];
}

export class Kernel {
  readonly fn = new FunctionBuilder();
  private readonly places: Place[] = [];

  constructor(
    private readonly name: string,
    readonly fma: boolean,
    private readonly library: Library,
    /** Code that was made before, by all that it depends on. */
    private readonly known: Map<string, FunctionCode> = new Map(),
  ) {}

  pointer(place: Place): Local {
    this.places.push(place);
    return this.fn.parameter();
  }

  call(name: FunctionName, args: readonly Code[]): Code {
    return call(this.library(name), args);
  }

  /**
   * The kernel for these places; its code is made once for all layers that differ in nothing else.
   * @param about all that the code depends on; places in it, and addresses called `norm` or `address`, do not count
   * @param body asks for no pointers
   */
  finished(about: unknown, body: () => Code): KernelCall {
    const key = `${this.name} ${JSON.stringify(about, withoutPlaces)}`;
    const code = this.known.get(key) ?? this.fn.finished(this.name, body());
    this.known.set(key, code);
    return { code, places: this.places };
  }
}

const placeKinds: ReadonlySet<unknown> = new Set<Place['kind']>([
  'buffer',
  'whole',
  'fixed',
  'scratch',
  'image',
  'number',
]);

function withoutPlaces(key: string, value: unknown): unknown {
  if (typeof value === 'number') return key === 'norm' || key === 'address' ? 'address' : value;
  return typeof value === 'object' && value !== null && 'kind' in value && placeKinds.has(value.kind) ? 'place' : value;
}

/** The code of a function that kernels call. */
export function libraryFunction(name: FunctionName, fma: boolean, library: Library): FunctionCode {
  return name === 'keep' ? keepFunction() : exponentialFunctions(name, fma, library);
}
