/** The plans that errors are evaluated by. */
import type { NetworkGraph } from '../../../network/graph.ts';
import { compileForward } from './compile.ts';
import type { Plan } from './plan.ts';
import type { Tuning } from './tuning.ts';

/** Images classified at a time, to bound memory. */
export const CLASSIFIED_AT_A_TIME = 250;

/** Leaves the statistics of so many images in the norms; they are one batch, as each norm's depend on those before it. */
export function calibrationPlan(graph: NetworkGraph, images: number, tuning: Tuning): Plan {
  return compileForward(graph, images, tuning, true);
}

/** Makes logits with the statistics that are in the norms. */
export function classificationPlan(graph: NetworkGraph, tuning: Tuning): Plan {
  return compileForward(graph, CLASSIFIED_AT_A_TIME, tuning, false);
}
