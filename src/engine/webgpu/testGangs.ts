/** For tests: what networks of one graph compute together is what each computes alone, bit for bit, whichever of them take part in a step. */
import { expect, it, vi } from 'vitest';
import { buildGraph } from '../../network/build.ts';
import type { Engine, SideNetwork, Trainer, UpdateRule } from '../engine.ts';
import { requestDevice } from '../gpu.ts';
import { sizeless } from '../testCover.ts';
import { testNetworks } from '../testNetworks.ts';
import { alone, subject, testSideBySide, together } from '../testSideBySide.ts';
import { smallByName } from '../testSuite.ts';
import { compileTraining } from './plan/compile.ts';
import { type Tuning, tunings } from './plan/tuning.ts';

const adam: UpdateRule = { opt: 'adam', wd: 0.01, clip: 0.5, seed: 1 };
const momentum: UpdateRule = { opt: 'momentum', wd: 0, clip: 0, seed: 1 };

/** Texts that differ in more than numbers and in how often they repeat a line, of the kernels of all test networks: the shortest of each. */
function kernelTexts(): ReadonlyMap<string, string> {
  const all = testNetworks.flatMap((network) =>
    Object.values(tunings).flatMap((tuning) => {
      const graph = buildGraph(network.spec, network);
      return compileTraining(graph, adam, network.batch, tuning, 2).dispatches.map(({ kernel: { code } }) => code);
    }),
  );
  const longestFirst = [...new Set(all)].sort((one, other) => other.length - one.length);
  return new Map(longestFirst.map((code) => [[...new Set(code.split('\n').map(sizeless))].join('\n'), code]));
}

/** What is compared, with which rule, and of how many networks. */
const cases: Readonly<Record<Tuning['name'], Parameters<typeof testSideBySide>[1]>> = {
  software: [['residual blocks, stochastic depth', adam, 2]],
  hardware: [['residual blocks, dropout on the shortcut', { ...adam, stats: 'running' }, 3]],
};

/** @param engine which is there once `beforeAll` has run */
export function testGangs(engine: () => Engine, tuning: Tuning['name']): void {
  testSideBySide(engine, cases[tuning], smallByName);

  if (tuning === 'hardware') return;

  it('networks of one graph take a step together in as many dispatches as one, and go on without those that have ended', async () => {
    const of = subject('conv, linear, flatten', 3, smallByName);
    const [other] = subject('residual blocks, stochastic depth', 1, smallByName).networks as [SideNetwork];
    const networks = [...of.networks.slice(0, 1), other, ...of.networks.slice(1)];
    const gang = await together(engine(), { ...of, networks }, momentum);
    // Its graph is another.
    for (const trainer of gang.splice(1, 1)) trainer.dispose();
    const single = await alone(engine(), of, momentum);
    const dispatch = vi.spyOn(GPUComputePassEncoder.prototype, 'dispatchWorkgroups');
    const dispatches = async (trainers: readonly Trainer[], time: number, rate = 0.01) => {
      dispatch.mockClear();
      const steps = await Promise.all(trainers.map((trainer, i) => trainer.step(of.batch(i, time), rate)));
      return { steps, count: dispatch.mock.calls.length };
    };
    // Also compiles the plans.
    for (const trainers of [gang, single]) await dispatches(trainers, 0);
    const [all, each] = [await dispatches(gang, 1), await dispatches(single, 1)];
    expect(all.count * 3).toBe(each.count);
    expect(all.steps).toEqual(each.steps);
    // One has too large weights to go on with, and stands still.
    const huge = of.networks[1]?.initial.map((values) => values.map(() => 3e38)) ?? [];
    for (const trainers of [gang, single]) trainers[1]?.restore({ parameters: huge, moments: [], updates: 0 });
    const [broken, expected] = [await dispatches(gang, 2), await dispatches(single, 2)];
    expect(broken.steps[1]?.overflow).not.toBeNull();
    expect(broken.steps[0]?.overflow).toBeNull();
    expect(broken.steps).toEqual(expected.steps);
    expect((await gang[1]?.snapshot())?.updates).toBe(0);
    // One asks alone; one is disposed of, with a step under way.
    const last = gang[1]?.step(of.batch(1, 3), 0.01);
    gang[1]?.dispose();
    expect((await last)?.overflow).not.toBeNull();
    for (const trainers of [gang, single])
      expect((await dispatches([trainers[0] as Trainer], 3)).count).toBe(all.count);
    const [found, known] = [gang, single].map((trainers) => dispatches([trainers[0], trainers[2]] as Trainer[], 4));
    expect((await found)?.steps).toEqual((await known)?.steps);
    expect(await gang[2]?.snapshot()).toEqual(await single[2]?.snapshot());
    for (const trainer of [gang[0], gang[2], ...single]) trainer?.dispose();
  });

  it('networks of one graph have kernels together that WGSL allows, in all test networks', async () => {
    const { device } = await requestDevice();
    const texts = kernelTexts();
    expect(texts.size).toBeGreaterThan(100);
    for (const code of texts.values()) {
      const { messages } = await device.createShaderModule({ code }).getCompilationInfo();
      expect(
        messages.map(({ message, linePos }) => `${linePos}: ${message}`),
        code,
      ).toEqual([]);
    }
    device.destroy();
  });
}
