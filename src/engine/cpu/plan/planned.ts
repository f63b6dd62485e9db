/**
 * Plans of a network, made once for all that trains it or copies of it: a plan knows no images and no memory, and the module that it becomes
 * for some images takes the memory of whoever runs it.
 */
import { calibrationImages } from '../../../data/evaluationSample.ts';
import type { MemoryNeed } from '../../../experiment/memory.ts';
import type { NetworkGraph } from '../../../network/graph.ts';
import type { UpdateRule } from '../../engine.ts';
import { hasBatchNorm } from '../../plan/batchNorm.ts';
import { packsOf } from '../../plan/packs.ts';
import type { ModuleBuilder } from '../assembler/module.ts';
import { SUMS_BYTES } from '../kernels/values.ts';
import { type EvaluationPlan, planEvaluation, planTraining, type TrainingPlan } from './compile.ts';
import { type Layout, layoutOf } from './layout.ts';
import type { Scheduled } from './phases.ts';
import { emitProgram, type Machine, MOST_CHUNKS, newModule, type Placeable, type Program, place } from './program.ts';

/** A plan that has become a module. Its schedule is gone: code in the making is large. */
export interface Compiled<P> {
  readonly plan: P;
  readonly program: Program;
  readonly module: WebAssembly.Module;
}

type Make<P> = (module: ModuleBuilder) => P & Scheduled;

/** @param images that it can take */
export async function compiled<P>(
  make: Make<P>,
  images: number,
  layout: Layout,
  machine: Machine,
): Promise<Compiled<P>> {
  const module = newModule(machine);
  return compiledFrom(make(module), module, images, layout, machine);
}

async function compiledFrom<P>(
  planned: P & Scheduled,
  module: ModuleBuilder,
  images: number,
  layout: Layout,
  machine: Machine,
): Promise<Compiled<P>> {
  const { schedule, ...plan } = planned;
  const { bytes, ...program } = emitProgram(module, schedule, images, layout.end, machine);
  return { plan: plan as P, program, module: await WebAssembly.compile(bytes) };
}

/** Images classified at a time, at most. */
const MOST_CLASSIFIED = 250;
/** Bytes that classifying may take even where training takes less. */
const CLASSIFYING_BYTES = 2 ** 28;

class Plan<P> {
  private planned: { readonly module: ModuleBuilder; readonly plan: P & Scheduled } | null = null;
  private sizes: Placeable | null = null;
  private readonly known = new Map<number, number>();
  private latest: { readonly images: number; readonly compiled: Promise<Compiled<P>> } | null = null;

  constructor(
    private readonly make: Make<P>,
    private readonly layout: Layout,
    private readonly machine: Machine,
  ) {}

  /** Bytes of memory that it needs for so many images, from address 0 on. */
  bytes(images: number): number {
    const known = this.known.get(images);
    if (known !== undefined) return known;
    const sizes = this.sizes ?? this.plan().plan.schedule;
    const { end } = place(sizes, images, this.machine.threads, this.layout.end);
    this.known.set(images, end);
    return end;
  }

  /** For so many images, or more. */
  compiled(images: number): Promise<Compiled<P>> {
    if (!this.latest || this.latest.images < images) {
      const { plan, module } = this.plan();
      this.planned = null;
      this.latest = { images, compiled: compiledFrom(plan, module, images, this.layout, this.machine) };
    }
    return this.latest.compiled;
  }

  private plan() {
    if (this.planned) return this.planned;
    const module = newModule(this.machine);
    const plan = this.make(module);
    this.planned = { module, plan };
    const { lifetimes, scratchBytes, phases } = plan.schedule;
    this.sizes = { lifetimes, scratchBytes, phases: { length: phases.length } };
    return this.planned;
  }
}

export class Planned {
  readonly layout: Layout;
  readonly training: Plan<TrainingPlan>;
  /** With the statistics that are there. */
  readonly classifying: Plan<EvaluationPlan>;
  /** With the images' own statistics, which it leaves; null for a network without batch norm. */
  readonly calibrating: Plan<EvaluationPlan> | null;

  constructor(
    readonly graph: NetworkGraph,
    rule: UpdateRule,
    machine: Machine,
  ) {
    const layout = layoutOf(graph, rule.opt);
    const evaluating = (ownStatistics: boolean) =>
      new Plan((module) => planEvaluation(graph, layout, module, machine.fma, ownStatistics), layout, machine);
    this.layout = layout;
    this.training = new Plan((module) => planTraining(graph, rule, layout, module, machine.fma), layout, machine);
    this.classifying = evaluating(false);
    this.calibrating = hasBatchNorm(graph) ? evaluating(true) : null;
  }

  /**
   * Images to classify at a time. With statistics that are there a pass has a single phase, in which nothing makes room for what comes after it: 250
   * images of the deepest network would take 17 GB.
   * @param batch of training, which classifying may take as much as; 0 where nothing is trained
   */
  classifiedAtATime(batch: number): number {
    const { classifying, layout } = this;
    const room = Math.max(batch > 0 ? this.training.bytes(batch) : 0, layout.end + CLASSIFYING_BYTES);
    const first = classifying.bytes(1);
    const others = Math.floor((room - first) / (classifying.bytes(2) - first));
    return Math.max(1, Math.min(MOST_CLASSIFIED, others));
  }

  /** Bytes that it takes to train and evaluate: its plans take turns with the memory behind the network's own numbers. */
  memory({ stats }: UpdateRule, batch: number): number {
    const calibrating = stats === 'running' ? null : this.calibrating;
    const classifying = this.classifying.bytes(this.classifiedAtATime(batch));
    return Math.max(this.training.bytes(batch), classifying, calibrating?.bytes(calibrationImages) ?? 0);
  }

  /** The same as a need that is nearly right for other batches. */
  memoryNeed(rule: UpdateRule, batch: number): MemoryNeed {
    const images = this.training.bytes(batch) - this.training.bytes(1);
    return { fixed: this.memory(rule, batch) - images, perImage: images / batch };
  }
}

/**
 * No fewer bytes than `memoryNeed` asks for, without a plan: as if nothing made room for anything. To plan a network takes a while, and most fit many times.
 */
export function memoryAtMost(graph: NetworkGraph, { opt }: UpdateRule, batch: number, { threads }: Machine): number {
  const { end, parameterBytes } = layoutOf(graph, opt);
  const outputs = graph.nodes.map(({ shape: [height, width, channels] }) => 16 * packsOf(channels) * height * width);
  const sums = graph.nodes.reduce((all, { shape }) => all + SUMS_BYTES * packsOf(shape[2]), 0);
  const all = outputs.reduce((sum, bytes) => sum + bytes);
  const largest = Math.max(...outputs);
  // What a layer puts out before its norm and behind it, and the gradients by both; the host's figures of each layer besides.
  const trained = batch * (4 * all + 2 * sums);
  const evaluated = Math.max(MOST_CLASSIFIED, calibrationImages) * (2 * all + sums);
  const parts = 2 * Math.min(MOST_CHUNKS, batch) * (parameterBytes + sums);
  // A border of three pixels, of what is a pixel high and wide, too.
  const scratch = threads * (2 * 49 * largest + 2 * parameterBytes);
  return end + Math.max(trained, evaluated) + parts + scratch;
}

/** Finds the plans of a network again, as long as its graph is in use. */
export function plansOn(machine: Machine): (graph: NetworkGraph, rule: UpdateRule) => Planned {
  const known = new WeakMap<NetworkGraph, Map<string, Planned>>();
  return (graph, rule) => {
    const ofGraph = known.get(graph) ?? new Map<string, Planned>();
    known.set(graph, ofGraph);
    // All of the rule that is part of the code; the rest are numbers that a run is given.
    const key = `${rule.opt} ${rule.wd}`;
    const planned = ofGraph.get(key) ?? new Planned(graph, rule, machine);
    ofGraph.set(key, planned);
    return planned;
  };
}
