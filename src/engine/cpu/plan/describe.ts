/** What training a network takes of memory, in bytes. */
import type { NetworkGraph } from '../../../network/graph.ts';
import type { UpdateRule } from '../../engine.ts';
import { planTraining } from './compile.ts';
import { layoutOf } from './layout.ts';
import { placeBuffers } from './memory.ts';
import { type Machine, newModule, place } from './program.ts';

export interface MemorySummary {
  /** What the passes forwards leave for the ones backwards: images, activations, logits. */
  readonly kept: number;
  /** All activations and gradients by them, where those that live at different times share memory. */
  readonly activations: number;
  /** With parts of the parameters' gradients, measurements, and what threads note down. */
  readonly plan: number;
  /** Parameters, gradients by them, and what the optimizer keeps of them. */
  readonly parameters: number;
}

export function describeMemory(graph: NetworkGraph, rule: UpdateRule, batch: number, machine: Machine): MemorySummary {
  const layout = layoutOf(graph, rule.opt);
  const { schedule } = planTraining(graph, rule, layout, newModule(machine), machine.fma);
  const loss = schedule.phases.findIndex(({ host }) => host === 'loss');
  const ofImages = [...schedule.lifetimes].filter(([{ per }]) => per === 'image');
  const kept = ofImages.filter(([, { first, last }]) => first <= loss && last > loss);
  return {
    kept: kept.reduce((sum, [{ stride }]) => sum + batch * stride, 0),
    activations: placeBuffers(new Map(ofImages), ({ stride }) => batch * stride, 0).end,
    plan: place(schedule, batch, machine.threads, layout.end).end - layout.end,
    parameters: layout.end,
  };
}
