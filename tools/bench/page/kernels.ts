/**
 * What each kernel of a training step takes, alone: on the CPU in a program that does nothing else, on one thread; on the GPU repeated in one
 * submit. What it computes does not matter: it finds the numbers of others where its own would be.
 */
import type { Minibatches } from '../../../src/data/minibatches.ts';
import type { ModuleBuilder } from '../../../src/engine/cpu/assembler/module.ts';
import { hasFma, machineOf } from '../../../src/engine/cpu/features.ts';
import type { Place } from '../../../src/engine/cpu/kernels/kernel.ts';
import { planTraining } from '../../../src/engine/cpu/plan/compile.ts';
import { layoutOf } from '../../../src/engine/cpu/plan/layout.ts';
import type { Phases } from '../../../src/engine/cpu/plan/phases.ts';
import { compiled } from '../../../src/engine/cpu/plan/planned.ts';
import { newModule } from '../../../src/engine/cpu/plan/program.ts';
import { MemoryPool, Runner } from '../../../src/engine/cpu/runner.ts';
import { alone } from '../../../src/engine/cpu/threads/team.ts';
import type { UpdateRule } from '../../../src/engine/engine.ts';
import { createWebGpuEngine } from '../../../src/engine/webgpu/engine.ts';
import { compileTraining } from '../../../src/engine/webgpu/plan/compile.ts';
import { describePlan } from '../../../src/engine/webgpu/plan/describe.ts';
import { tunings } from '../../../src/engine/webgpu/plan/tuning.ts';
import type { Setup } from '../setup.ts';

/** A kernel at one shape; all calls of a step together. */
export interface KernelTime {
  readonly kernel: string;
  readonly calls: number;
  readonly ms: number;
  /** Multiplications and additions; null where nobody has counted them. */
  readonly flops: number | null;
  /** Of the buffers that it is given; on the CPU those of activations and gradients. */
  readonly bytes: number;
}

const momentum: UpdateRule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 };

/** How long a measurement takes, and how many there are of each kernel. */
const MEASURED_MS = 20;
const MEASUREMENTS = 7;

/** Milliseconds of one of so many repetitions: the best of some measurements, as whatever else the machine does only adds to them. */
async function timed(repeat: (times: number) => Promise<void> | void, least = MEASURED_MS): Promise<number> {
  const measure = async (times: number) => {
    const began = performance.now();
    await repeat(times);
    return performance.now() - began;
  };
  let times = 1;
  // The first compile, and fill caches.
  while ((await measure(times)) < least) times *= 2;
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < MEASUREMENTS; i++) best = Math.min(best, (await measure(times)) / times);
  return best;
}

interface Call {
  readonly code: { readonly name: string };
  readonly places: readonly Place[];
}

const lists = ['perImage', 'tasks', 'afterwards'] as const;

/** Bytes of the buffers that a call is given. */
function bytesOf({ places }: Call): number {
  return places.reduce((sum, place) => sum + ('buffer' in place ? place.buffer.stride : 0), 0);
}

/** Kernels of one name differ by the bytes that they are given. */
function nameOf(call: Call): string {
  const { name } = call.code;
  return /\dx\d/.test(name) ? name : `${name}, ${bytesOf(call)} bytes`;
}

/** Of a convolution and of its gradients, for one image: as their name says. */
export function flopsOf(name: string): number | null {
  const [, kernel, inputs, outputs, height, width] = /(\d+)x\d+\/\d+ (\d+)-(\d+) (\d+)x(\d+)/.exec(name) ?? [];
  if (width === undefined) return null;
  return 2 * Number(kernel) ** 2 * Number(inputs) * Number(outputs) * Number(height) * Number(width);
}

/** Leaves nothing of a schedule but the calls of one kernel. */
function keepOnly(schedule: Phases, kernel: string): void {
  for (const phase of schedule.phases) {
    phase.host = null;
    phase.chunkStart.length = 0;
    for (const list of lists) phase[list].splice(0, Infinity, ...phase[list].filter((call) => nameOf(call) === kernel));
  }
}

/** @param least milliseconds of a measurement */
export async function cpuKernels(
  { graph }: Pick<Setup, 'graph'>,
  batch: number,
  least?: number,
): Promise<KernelTime[]> {
  const machine = machineOf(1, hasFma());
  const layout = layoutOf(graph, momentum.opt);
  const store = new MemoryPool(machine).take();
  const planned = (module: ModuleBuilder) => planTraining(graph, momentum, layout, module, machine.fma);
  const timeOf = async (kernel: string) => {
    const only = (module: ModuleBuilder) => {
      const plan = planned(module);
      keepOnly(plan.schedule, kernel);
      return plan;
    };
    const runner = await Runner.create(await compiled(only, batch, layout, machine), store, alone, {});
    // Numbers as they are usual, none of which is slow.
    store.floats.forEach((_, i) => {
      if (i >= layout.parameters / 4) store.floats[i] = 0.5 + (i % 97) / 97;
    });
    return timed((times) => {
      for (let time = 0; time < times; time++) runner.start(batch);
    }, least);
  };
  const calls = new Map<string, { count: number; flops: number | null; bytes: number }>();
  for (const phase of planned(newModule(machine)).schedule.phases) {
    for (const list of lists) {
      const images = list === 'perImage' ? batch : 1;
      for (const call of phase[list]) {
        const name = nameOf(call);
        const { count = 0 } = calls.get(name) ?? {};
        const flops = flopsOf(name);
        calls.set(name, { count: count + 1, flops: flops && images * flops, bytes: images * bytesOf(call) });
      }
    }
  }
  const nothing = await timeOf('');
  const times: KernelTime[] = [];
  for (const [kernel, { count, flops, bytes }] of calls) {
    const ms = Math.max(0, (await timeOf(kernel)) - nothing);
    times.push({ kernel, calls: count, ms, flops: flops && count * flops, bytes: count * bytes });
  }
  return times;
}

/** A dispatch as it was asked for. */
interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly groups: readonly Parameters<GPUComputePassEncoder['setBindGroup']>[];
  readonly size: readonly [number, number?, number?];
}

/** Writes down the dispatches of all passes, on whichever device, from now on. */
function recordDispatches() {
  const dispatches: Dispatch[] = [];
  const devices = new Set<GPUDevice>();
  interface Pass {
    pipeline: GPUComputePipeline | null;
    readonly groups: Map<number, Dispatch['groups'][number]>;
  }
  const passes = new WeakMap<GPUComputePassEncoder, Pass>();
  const of = (encoder: GPUComputePassEncoder): Pass => {
    const pass: Pass = passes.get(encoder) ?? { pipeline: null, groups: new Map() };
    passes.set(encoder, pass);
    return pass;
  };
  const { setPipeline, setBindGroup, dispatchWorkgroups } = GPUComputePassEncoder.prototype;
  const { createCommandEncoder } = GPUDevice.prototype;
  Object.assign(GPUComputePassEncoder.prototype, {
    setPipeline(this: GPUComputePassEncoder, pipeline: GPUComputePipeline) {
      of(this).pipeline = pipeline;
      setPipeline.call(this, pipeline);
    },
    setBindGroup(this: GPUComputePassEncoder, ...args: Dispatch['groups'][number]) {
      of(this).groups.set(args[0], args);
      Reflect.apply(setBindGroup, this, args);
    },
    dispatchWorkgroups(this: GPUComputePassEncoder, ...size: [number, number?, number?]) {
      const { pipeline, groups } = of(this);
      if (pipeline) dispatches.push({ pipeline, groups: [...groups.values()], size });
      Reflect.apply(dispatchWorkgroups, this, size);
    },
  });
  GPUDevice.prototype.createCommandEncoder = function (this: GPUDevice, ...args) {
    devices.add(this);
    return Reflect.apply(createCommandEncoder, this, args);
  };
  return { dispatches, devices };
}

/** Repeats a dispatch in one submit, and waits for the device. */
async function repeated(device: GPUDevice, { pipeline, groups, size }: Dispatch, times: number): Promise<void> {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  for (const group of groups) Reflect.apply(pass.setBindGroup, pass, group);
  for (let time = 0; time < times; time++) pass.dispatchWorkgroups(...size);
  pass.end();
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
}

export async function gpuKernels(
  { graph, initial, images, learningRate }: Setup,
  batches: Minibatches,
  batch: number,
): Promise<KernelTime[]> {
  const { dispatches, devices } = recordDispatches();
  const engine = await createWebGpuEngine();
  const trainer = await engine.createTrainer(graph, initial, momentum, images);
  await trainer.step(batches.images(1), learningRate);
  dispatches.length = 0;
  await trainer.step(batches.images(2), learningRate);
  const [device] = devices;
  const step = [...dispatches];
  // Whichever of the tunings the engine has chosen: its plan has as many dispatches as the step had.
  const plans = Object.values(tunings).map(
    (tuning) => describePlan(compileTraining(graph, momentum, batch, tuning)).dispatches,
  );
  const rows = plans.find(({ length }) => length === step.length);
  if (!device || !rows) throw new Error('the step has other dispatches than its plan');
  const found = new Map<string, KernelTime>();
  for (const [i, dispatch] of step.entries()) {
    const { op = '', shape = [], flops = 0, bytes = 0 } = rows[i] ?? {};
    const kernel = [op, shape.join('×')].filter(Boolean).join(' ');
    const ms = await timed((times) => repeated(device, dispatch, times));
    const known = found.get(kernel) ?? { kernel, calls: 0, ms: 0, flops: 0, bytes: 0 };
    found.set(kernel, {
      kernel,
      calls: known.calls + 1,
      ms: known.ms + ms,
      flops: (known.flops ?? 0) + flops || null,
      bytes: known.bytes + bytes,
    });
  }
  return [...found.values()];
}
