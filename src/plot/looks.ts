import { type SymbolType, symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape';
import type { NetworkId } from '../experiment/experiment.ts';
import type { SweepKind } from '../experiment/sweep/sweep.ts';
import type { Run } from '../records/run.ts';

/** A network as the charts know it. */
export interface ChartNetwork {
  readonly id: NetworkId;
  /** For instance "Plain 38". */
  readonly name: string;
  /** Null before its first record. */
  readonly run: Run | null;
}

/** What tells series apart: a colour, and a shape for those who do not see the colour. */
export interface Look {
  /** A CSS colour. */
  readonly color: string;
  /** SVG path data around the origin. */
  readonly shape: string;
}

/** Square pixels a shape covers: about 8 px across. */
const SHAPE_AREA = 52;

export const networkShapes: Readonly<Record<NetworkId, SymbolType>> = {
  a: symbolCircle,
  b: symbolSquare,
  c: symbolTriangle,
  d: symbolDiamond,
};

function look(id: NetworkId): Look {
  return { color: `var(--network-${id})`, shape: symbol(networkShapes[id], SHAPE_AREA)() ?? '' };
}

export const networkLooks: Readonly<Record<NetworkId, Look>> = {
  a: look('a'),
  b: look('b'),
  c: look('c'),
  d: look('d'),
};

/** The kinds of the Depth chart look like the two networks that usually stand for them. */
export const kindLooks: Readonly<Record<SweepKind, Look>> = {
  plain: networkLooks.a,
  residual: networkLooks.b,
};
