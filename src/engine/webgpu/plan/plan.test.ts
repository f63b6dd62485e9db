import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '../../../experiment/experiment.ts';
import { presetExperiment, presets } from '../../../experiment/presets.ts';
import { buildGraph } from '../../../network/build.ts';
import type { NetworkGraph, NodeId } from '../../../network/graph.ts';
import { scheduleTraining } from '../../plan/compile.ts';
import { buffersOf } from '../../plan/refs.ts';
import { testNetworks } from '../../testNetworks.ts';
import { partOfArena, wholeArena } from './buffers.ts';
import { compileForward, compileSignals, compileTraining } from './compile.ts';
import { describePlan } from './describe.ts';
import { fitInto, lifetimes, placeBuffers, pooledBytes, trafficOf } from './memory.ts';
import type { Plan } from './plan.ts';
import { type Tuning, tunings } from './tuning.ts';

const adam = { opt: 'adam', wd: 0.1, clip: 1, seed: 1 } as const;
const momentum = { opt: 'momentum', wd: 0, clip: 0, seed: 1 } as const;

function resNet(layers: number, width: number, size: 14 | 28, batch: number, tuning: Tuning) {
  const [spec] = presetExperiment('s14', [{ kind: 'residual', layers, width }]).networks;
  if (!spec) throw new Error('no network');
  return compileTraining(buildGraph(spec, size), momentum, batch, tuning);
}

/** A residual network of width 8 whose blocks are joined otherwise. */
function variant(layers: number, how: Partial<NetworkSpec>) {
  const [spec] = presetExperiment('s14', [{ kind: 'residual', layers }]).networks;
  if (!spec) throw new Error('no network');
  return compileTraining(buildGraph({ ...spec, ...how }, 14), momentum, 32, tunings.hardware);
}

function behindInput({ nodes }: NetworkGraph): NodeId[] {
  return nodes.slice(1).map(({ id }) => id);
}

const plans: readonly (readonly [string, Plan])[] = testNetworks.flatMap(({ name, spec, batch, ...fed }) =>
  Object.values(tunings).flatMap((tuning): [string, Plan][] => {
    const graph = buildGraph(spec, fed);
    return [
      [`${name}, training, ${tuning.name}`, compileTraining(graph, adam, batch, tuning)],
      [`${name}, calibration, ${tuning.name}`, compileForward(graph, batch, tuning, true)],
      [`${name}, classification, ${tuning.name}`, compileForward(graph, batch, tuning, false)],
      [`${name}, signals, ${tuning.name}`, compileSignals(graph, batch, tuning, behindInput(graph))],
    ];
  }),
);

describe('a plan', () => {
  it.each([
    { tuning: tunings.hardware, each: 3.5, more: 12 },
    { tuning: tunings.software, each: 6, more: 12 },
  ])('has at most $each dispatches a conv layer and $more more, tuned for $tuning.name', ({ tuning, each, more }) => {
    expect(resNet(20, 8, 28, 32, tuning).dispatches.length).toBeLessThanOrEqual(each * 19 + more);
    expect(resNet(56, 8, 28, 32, tuning).dispatches.length).toBeLessThanOrEqual(each * 55 + more);
  });

  it('trains ResNet-20 with at most 80 dispatches on hardware', () => {
    expect(resNet(20, 8, 28, 32, tunings.hardware).dispatches.length).toBeLessThanOrEqual(80);
  });

  it.each(Object.values(tunings))('takes little more memory than backpropagation must keep, for $name', (tuning) => {
    const { kept, activations, arenas } = describePlan(resNet(56, 16, 28, 64, tuning));
    // By hand: z of every conv, 19 at 28×28×16 and 18 each at 14×14×32 and 7×7×64, the sum that ends each of 27
    // blocks, and the pooled features and logits, for 64 images in float32.
    const stage = [28 * 28 * 16, 14 * 14 * 32, 7 * 7 * 64] as const;
    const byHand =
      4 * 64 * (19 * stage[0] + 18 * stage[1] + 18 * stage[2] + 9 * (stage[0] + stage[1] + stage[2]) + 64 + 12);
    expect(kept).toBe(byHand);
    expect(activations + arenas).toBeLessThan(1.6 * kept);
  });

  it('need not keep what only the way forwards reads', () => {
    // Without a norm behind it, z of a block's last conv is added and not needed again; the sum is read by the next block.
    const { kept } = describePlan(variant(8, { norm: 'none' }));
    // By hand: z of the stem and of the first conv of each block, the sum of each block, the pooled features and the logits.
    const stage = [14 * 14 * 8, 7 * 7 * 16, 4 * 4 * 32] as const;
    expect(kept).toBe(4 * 32 * (stage[0] + 2 * (stage[0] + stage[1] + stage[2]) + 32 + 12));
  });

  it('grows linearly with depth', () => {
    const counts = [8, 20, 38, 56, 74].map((depth) => resNet(depth, 8, 14, 32, tunings.hardware).dispatches.length);
    const perLayer = counts.slice(1).map((count, i) => (count - (counts[i] ?? 0)) / (i === 0 ? 12 : 18));
    for (const each of perLayer) expect(each).toBeCloseTo(perLayer[0] ?? 0, 10);
  });

  it('compiles a kernel once for all layers of one shape', () => {
    expect(describePlan(resNet(56, 8, 14, 32, tunings.hardware)).kernels).toBe(
      describePlan(resNet(20, 8, 14, 32, tunings.hardware)).kernels,
    );
  });

  it.each([{ survival: 0.5 }, { dropout: 0.2, gate: 'exclusive' }, { order: 'pre', skipinit: 'on' }] as const)(
    'compiles a kernel once for all blocks of one shape that do the same: %o',
    (how) => {
      const kernels = (layers: number) => describePlan(variant(layers, how)).kernels;
      expect(kernels(56)).toBe(kernels(38));
    },
  );

  it('multiplies terms where they are added: no dispatch but for gradients that nobody made before', () => {
    const count = (how: Partial<NetworkSpec>) => variant(20, how).dispatches.length - variant(20, {}).dispatches.length;
    // On the shortcut the gradient is multiplied as the block's is made; on each of 9 branches it must be made by itself.
    expect(count({ skipscale: 0.5 })).toBe(0);
    expect(count({ branchscale: 0.5 })).toBe(9);
    expect(count({ survival: 0.5 })).toBe(9);
    // And one sum for each learned scale.
    expect(count({ skipinit: 'on' })).toBe(18);
  });

  it('has at most 7 dispatches a conv layer and 12 more with pre-activation', () => {
    expect(variant(20, { order: 'pre' }).dispatches.length).toBeLessThanOrEqual(7 * 19 + 12);
  });

  it.each(Object.values(tunings))('binds no more buffers than a device allows, tuned for $name', (tuning) => {
    for (const buffers of [8, 9, tuning.buffers]) {
      const { dispatches } = resNet(20, 8, 28, 32, { ...tuning, buffers });
      expect(Math.max(...dispatches.map(({ kernel }) => kernel.bindings.length))).toBeLessThanOrEqual(buffers);
    }
  });

  it.each(plans)('keeps within the limits of devices: %s', (_, { dispatches }) => {
    for (const { kernel, groups } of dispatches) {
      expect(kernel.bindings.length, kernel.name).toBeLessThanOrEqual(10);
      expect(Math.max(...groups), kernel.name).toBeLessThanOrEqual(65_535);
      const invocations = Number(/@workgroup_size\((\d+)\)/.exec(kernel.code)?.[1]);
      expect(invocations, kernel.name).toBeLessThanOrEqual(256);
      const shared = Number(/var<workgroup> \w+: array<vec4f, (\d+)>/.exec(kernel.code)?.[1] ?? 0);
      expect(16 * shared, kernel.name).toBeLessThanOrEqual(16_384);
    }
  });

  it.each(testNetworks)('counts the buffers of a kernel as they are bound: $name', ({ spec, ...fed }) => {
    const graph = buildGraph(spec, fed);
    const schedule = scheduleTraining(graph, adam, tunings.software);
    const { dispatches } = compileTraining(graph, adam, 1, tunings.software);
    const others = schedule.steps.filter(({ kernel: { kind } }) => !/filter|norm|optimizer/i.test(kind));
    const bound = dispatches.filter(({ kernel }) => !/filter|norm|reduce|summarize|finite|update/.test(kernel.name));
    expect(bound.map(({ kernel }) => kernel.bindings.length)).toEqual(
      others.map(({ kernel }) => buffersOf(kernel).length),
    );
  });

  it('keeps to what a device allows', () => {
    const most = (buffers: number) => {
      const steps = testNetworks.flatMap(
        ({ spec, ...fed }) => scheduleTraining(buildGraph(spec, fed), adam, { buffers }).steps,
      );
      const made = steps.filter(({ kernel: { kind } }) => kind === 'inputGradient' || kind === 'combineGradients');
      return Math.max(...made.map(({ kernel }) => buffersOf(kernel).length));
    };
    expect(most(Number.POSITIVE_INFINITY)).toBeGreaterThan(8);
    expect(most(8)).toBe(8);
    expect(most(7)).toBe(7);
  });

  it('keeps partial gradients within what default limits let a kernel bind, at any depth', () => {
    const flat = buildGraph({ ...presets.t7.network, stack: [{ kind: 'conv', width: 8, stride: 1, count: 199 }] }, 14);
    const plan = compileTraining(flat, { opt: 'sgd', wd: 0, clip: 0, seed: 1 }, 64, tunings.hardware);
    // The default of maxStorageBufferBindingSize.
    const limit = 128 * 2 ** 20;
    for (const [name, bytes] of Object.entries(plan.arenas)) expect(bytes, name).toBeLessThanOrEqual(limit);
    for (const { label, bytes } of plan.buffers) expect(bytes, label).toBeLessThanOrEqual(limit);
    expect(plan.arenas.partial).toBeLessThan(64 * 2 ** 20);
  });

  it.each(plans)('binds every arena at multiples of 256 bytes: %s', (_, { dispatches }) => {
    for (const { buffers } of dispatches) {
      for (const ref of buffers) if (ref.kind === 'arena') expect((ref.offset ?? 0) % 256).toBe(0);
    }
  });

  it.each(plans)('binds no buffer for reading that it binds for writing: %s', (_, { dispatches }) => {
    for (const { kernel, buffers } of dispatches) {
      const bound = (access: string) =>
        buffers.flatMap((ref, i) =>
          kernel.bindings[i]?.access === access ? [ref.kind === 'plan' ? `buffer ${ref.buffer.id}` : ref.name] : [],
        );
      const written = bound('read_write');
      for (const each of bound('read')) expect(written, kernel.name).not.toContain(each);
    }
  });

  it.each(plans)('never has two buffers in one place at one time: %s', (_, plan) => {
    const { blockOf, blocks } = placeBuffers(plan);
    const placed = lifetimes(plan).flatMap((each) => (each ? [{ ...each, place: blockOf[each.buffer.id] ?? -1 }] : []));
    placed.sort((a, b) => a.place - b.place || a.first - b.first);
    placed.forEach((a, i) => {
      expect(blocks[a.place]).toBeGreaterThanOrEqual(a.buffer.bytes);
      const next = placed[i + 1];
      if (next?.place !== a.place) return;
      expect(a.last < next.first, `${a.buffer.label} and ${next.buffer.label}`).toBe(true);
    });
  });

  it.each(plans)('reads nothing that it has not written: %s', (_, { dispatches }) => {
    const written = new Set<number>();
    for (const { kernel, buffers } of dispatches) {
      buffers.forEach((ref, i) => {
        if (ref.kind !== 'plan' || kernel.bindings[i]?.access !== 'read') return;
        expect(written.has(ref.buffer.id), `${kernel.name} reads ${ref.buffer.label}`).toBe(true);
      });
      buffers.forEach((ref, i) => {
        if (ref.kind === 'plan' && kernel.bindings[i]?.access === 'read_write') written.add(ref.buffer.id);
      });
    }
  });
});

describe.each(Object.values(tunings))('a plan for several networks, tuned for $name', (tuning) => {
  const three = testNetworks.map((network) => {
    const graph = buildGraph(network.spec, network.size);
    const plan = (networks: number) => compileTraining(graph, adam, network.batch, tuning, networks);
    return { name: network.name, one: plan(1), all: plan(3) };
  });

  it('has the dispatches of one, and thrice its arithmetic', () => {
    for (const { name, one, all } of three) {
      expect(
        all.dispatches.map(({ groups }) => groups),
        name,
      ).toEqual(one.dispatches.map(({ groups }) => groups));
      expect(
        all.dispatches.map(({ flops }) => flops),
        name,
      ).toEqual(one.dispatches.map(({ flops }) => 3 * flops));
    }
  });

  it('gives each network numbers of its own, and parts to none twice', () => {
    for (const { name, all } of three) {
      for (const { kernel, buffers } of all.dispatches) {
        expect(kernel.code, `${name}, ${kernel.name}`).not.toContain('NaN');
        const parts = buffers.flatMap((ref) => (ref.kind === 'arena' && ref.offset !== null ? [ref] : []));
        for (const [i, one] of parts.entries()) {
          expect(one.offset % 256).toBe(0);
          expect(one.offset + one.bytes).toBeLessThanOrEqual(
            all.arenas[one.name] ?? all.borrowed[one.name] ?? Number.POSITIVE_INFINITY,
          );
          for (const other of parts.slice(i + 1)) {
            const apart = other.offset >= one.offset + one.bytes || one.offset >= other.offset + other.bytes;
            const same = other.offset === one.offset && other.bytes === one.bytes;
            expect(one.name !== other.name || apart || same, `${name}, ${kernel.name}`).toBe(true);
          }
        }
      }
    }
  });
});

describe('the placing of buffers', () => {
  it('shares memory between buffers that live one after the other', () => {
    const buffer = (id: number, bytes: number) => ({ id, label: String(id), bytes });
    const buffers = [buffer(0, 100), buffer(1, 50), buffer(2, 80), buffer(3, 10)] as const;
    const touching = (...ids: (0 | 1 | 2 | 3)[]) => ({
      kernel: { name: '', bindings: [], code: '' },
      buffers: ids.map((id) => ({ kind: 'plan', buffer: buffers[id] }) as const),
      groups: [1, 1] as const,
      layer: '',
      shape: [],
      flops: 0,
    });
    const plan: Plan = {
      images: 1,
      networks: 1,
      dispatches: [touching(0, 1), touching(1, 2), touching(2, 3)],
      buffers,
      arenas: {},
      norms: [],
      borrowed: { parameters: 0 },
      logits: buffers[3],
      forwards: null,
      inspected: [],
    };
    // 0 dies before 2 begins, and 1 before 3.
    expect(placeBuffers(plan)).toEqual({ blocks: [100, 50], blockOf: [0, 1, 0, 1] });
  });
});

describe('the bytes of a dispatch', () => {
  const buffer = { id: 0, label: 'z', bytes: 100 };
  const plan: Plan = {
    images: 1,
    networks: 1,
    dispatches: [],
    buffers: [buffer],
    arenas: { gradients: 1000 },
    borrowed: { parameters: 2000 },
    norms: [],
    logits: buffer,
    forwards: null,
    inspected: [],
  };
  const inPlan = { kind: 'plan', buffer } as const;

  it('are those of what it binds, be it the plan’s or not, each once', () => {
    expect(trafficOf([inPlan, wholeArena('gradients'), wholeArena('parameters')], plan)).toBe(3100);
    expect(trafficOf([inPlan, inPlan, wholeArena('gradients'), wholeArena('gradients')], plan)).toBe(1100);
    expect(trafficOf([partOfArena('norms', 0, 4), partOfArena('norms', 16, 4)], plan)).toBe(128);
    expect(trafficOf([partOfArena('norms', 0, 4), partOfArena('norms', 0, 4)], plan)).toBe(64);
  });

  it('are not to be had where nobody has said how large something is', () => {
    expect(() => trafficOf([wholeArena('moments')], plan)).toThrow('no size of moments');
  });

  it.each(plans)('are known of all dispatches: %s', (_, each) => {
    for (const { op, bytes } of describePlan(each).dispatches) expect(bytes, op).toBeGreaterThan(0);
  });
});

describe('blocks that plans share', () => {
  it('go to the smallest buffers they are large enough for, none twice', () => {
    expect(fitInto([100, 40, 60], [50, 30, 30, 90])).toEqual([2, 1, 0, null]);
  });

  it('are counted once', () => {
    const one = resNet(8, 8, 14, 32, tunings.hardware);
    const [spec] = presetExperiment('s14', [{ kind: 'residual', layers: 8 }]).networks;
    const more = spec ? compileForward(buildGraph(spec, 14), 4 * 32, tunings.hardware, true) : one;
    const bytes = (plan: Plan) => describePlan(plan).activations;
    expect(pooledBytes([one, one])).toBe(bytes(one));
    expect(pooledBytes([one, more])).toBeGreaterThan(bytes(one));
    expect(pooledBytes([one, more])).toBeLessThan(bytes(one) + bytes(more));
  });
});

describe('a forward plan', () => {
  const bytes = (layers: number) => {
    const [spec] = presetExperiment('s14', [{ kind: 'residual', layers }]).networks;
    return spec ? describePlan(compileForward(buildGraph(spec, 14), 100, tunings.hardware, true)).activations : 0;
  };

  it.each([20, 38, 56, 110])('needs memory for a few layers, not for all %i', (layers) => {
    expect(bytes(layers)).toBe(bytes(14));
  });
});
