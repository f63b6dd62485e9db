/**
 * Addresses that all plans of a network share, in front of what each plan needs for itself: what the host tells a step, the network's
 * numbers, and what is known of its norms.
 */

import type { Optimizer } from '../../../experiment/experiment.ts';
import type { NetworkGraph, NodeId, Op, ParameterId } from '../../../network/graph.ts';
import { momentsOf } from '../../../ops/optimizer/optimizer.ts';
import { packsOf } from '../../plan/packs.ts';
import { type ParameterLayout, parameterLayout, type Region } from '../../plan/parameterLayout.ts';
import { DROP_BYTES } from '../kernels/terms.ts';
import { normBytes } from '../kernels/values.ts';

/** What the host says before a run, and threads say to each other; each of what they write has 64 bytes of its own. */
export const control = {
  images: 64,
  imagesPerChunk: 68,
  chunks: 72,
  /** Always 1: the parts of what has one. */
  one: 76,
  threads: 80,
  /** Whether the thread that asks for steps may sleep: a page's may not. */
  firstMaySleep: 84,
  /** How often a thread looks whether the others are there before it sleeps: at least once. */
  looks: 88,
  /** `updateNumbers`. */
  numbers: 128,
  arrived: 192,
  generation: 256,
  end: 320,
} as const;

export interface Layout {
  readonly regions: ParameterLayout;
  readonly parameters: number;
  readonly gradients: number;
  /** Bytes of all parameters. */
  readonly parameterBytes: number;
  readonly moments: number;
  readonly momentsPerParameter: number;
  /** Of each norm and of each layer's z. @see normBytes */
  readonly norms: ReadonlyMap<NodeId, number>;
  readonly drops: ReadonlyMap<NodeId, number>;
  /** Where plans begin. */
  readonly end: number;
}

export const aligned = (bytes: number): number => 64 * Math.ceil(bytes / 64);

export function layoutOf(graph: NetworkGraph, opt: Optimizer): Layout {
  const regions = parameterLayout(graph);
  const parameterBytes = 16 * regions.packs;
  let end = control.end;
  const take = (bytes: number) => {
    const start = aligned(end);
    end = start + bytes;
    return start;
  };
  const parameters = take(parameterBytes);
  const gradients = take(parameterBytes);
  const moments = take(momentsOf(opt) * parameterBytes);
  const kinds: readonly Op['kind'][] = ['batchNorm', 'groupNorm', 'conv', 'dense'];
  const measured = graph.nodes.filter(({ op }) => kinds.includes(op.kind));
  const norms = new Map(measured.map(({ id, shape }) => [id, take(normBytes(packsOf(shape[2])))]));
  const drops = new Map(
    graph.nodes.filter(({ op }) => op.kind === 'drop').map(({ id }) => [id, take(DROP_BYTES)] as const),
  );
  const perParameter = momentsOf(opt);
  return {
    regions,
    parameters,
    gradients,
    parameterBytes,
    moments,
    momentsPerParameter: perParameter,
    norms,
    drops,
    end: aligned(end),
  };
}

export function regionOf(layout: Layout, id: ParameterId): Region {
  const region = layout.regions.regions[id];
  if (!region) throw new RangeError(`no parameter ${id}`);
  return region;
}

export function parameterAt(layout: Layout, id: ParameterId): number {
  return layout.parameters + 16 * regionOf(layout, id).first;
}

export function gradientAt(layout: Layout, id: ParameterId): number {
  return layout.gradients + 16 * regionOf(layout, id).first;
}

export function required<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new RangeError(`nothing is known of ${String(key)}`);
  return value;
}
