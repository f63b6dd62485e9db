import { describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { createReferenceEngine } from '../../engine/reference/engine.ts';
import { testParameters } from '../../engine/testNetworks.ts';
import type { NetworkSpec } from '../../experiment/experiment.ts';
import { presets } from '../../experiment/presets.ts';
import { costOf } from '../../network/cost.ts';
import type { Subject } from '../../session/examination.ts';
import { testSubject } from '../examination/testSubject.ts';
import { sliceDirection } from './directions.ts';
import { line, plane } from './examine.ts';

const stack = [
  { kind: 'conv', width: 2, stride: 2, count: 1 },
  { kind: 'residual', width: 3, stride: 2, count: 1 },
] as const;
const spec: NetworkSpec = { ...presets.t7.network, stack };
const asked = { side: 3, radius: 0.5, images: 16 };
const first16 = Uint32Array.from({ length: 16 }, (_, index) => index);

/** A network with scales and shifts that have moved. */
async function subjectOf(engine: Engine = createReferenceEngine()): Promise<Subject> {
  const { graph } = await testSubject(spec);
  return testSubject(spec, 40, engine, testParameters(graph, spec));
}

async function all<T>(reports: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const report of reports) found.push(report);
  return found;
}

/** An engine whose trainers are counted. */
function countingEngine() {
  const counts = { alive: 0, logits: 0 };
  const engine = createReferenceEngine();
  const createTrainer: Engine['createTrainer'] = async (...args) => {
    const trainer = await engine.createTrainer(...args);
    counts.alive++;
    const logits = trainer.logits.bind(trainer);
    trainer.logits = (...what) => {
      counts.logits++;
      return logits(...what);
    };
    trainer.dispose = () => {
      counts.alive--;
    };
    return trainer;
  };
  return { counts, engine: { ...engine, createTrainer } };
}

describe('a slice of the loss', () => {
  it('has the loss of the network as it is in the middle, with the statistics of the images', async () => {
    const subject = await subjectOf();
    const { loss } = await subject.trainer.gradients(first16);
    const last = (await all(line(subject, asked))).at(-1);
    expect(last?.losses[1]).toBeCloseTo(loss, 5);
  });

  it('has the loss of a network that is moved by hand elsewhere', async () => {
    const subject = await subjectOf();
    const { graph, engine, training, images } = subject;
    const { parameters } = await subject.trainer.snapshot();
    const right = sliceDirection(graph, parameters, training.seed, 1);
    const up = sliceDirection(graph, parameters, training.seed, 2);
    const there = parameters.map((values, id) =>
      values.map((value, i) => value + 0.5 * (right[id]?.[i] ?? 0) - 0.5 * (up[id]?.[i] ?? 0)),
    );
    const moved = await engine.createTrainer(graph, there, training, images);
    const { loss } = await moved.gradients(first16);
    const last = (await all(plane(subject, asked))).at(-1);
    // The last of the first row: farthest along the first direction, and against the second.
    expect(last?.losses[2]).toBeCloseTo(loss, 5);
    const centre = last?.losses[4] ?? 0;
    expect(Math.abs(loss - centre)).toBeGreaterThan(0.01);
  });

  it('agrees with itself: the line is the middle row of the plane', async () => {
    const subject = await subjectOf();
    const row = (await all(plane(subject, asked))).at(-1)?.losses.slice(3, 6);
    expect((await all(line(subject, asked))).at(-1)?.losses).toEqual(row);
  });

  it('is told point by point, each computed once, and says how large the space is', async () => {
    const { counts, engine } = countingEngine();
    const subject = await subjectOf(engine);
    const reports = await all(plane(subject, asked));
    expect(reports.map(({ done }) => done)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(reports.map(({ losses }) => losses.filter((loss) => loss !== null).length)).toEqual(
      reports.map(({ done }) => done),
    );
    expect(counts.logits).toBe(9);
    expect(reports[0]).toMatchObject({ images: 16, planned: 9, parameters: costOf(subject.graph).parameters });
  });

  it('leaves the network as it was, and nothing behind when it is ended early', async () => {
    const { counts, engine } = countingEngine();
    const subject = await subjectOf();
    const before = await subject.trainer.snapshot();
    for await (const { done } of plane({ ...subject, engine }, asked)) if (done === 2) break;
    expect(counts).toEqual({ alive: 0, logits: 2 });
    expect(await subject.trainer.snapshot()).toEqual(before);
  });

  it('keeps what is not finite', async () => {
    const subject = await subjectOf();
    const { weight } = subject.graph.layers.at(-1) ?? { weight: 0 };
    const { parameters } = await subject.trainer.snapshot();
    const huge = parameters.map((values, id) => (id === weight ? values.map((value) => value * 1e38) : values));
    const overflowing = await testSubject(spec, 40, subject.engine, huge);
    const losses = (await all(line(overflowing, { ...asked, radius: 1000 }))).at(-1)?.losses;
    expect(losses).toHaveLength(3);
    expect(losses?.map((loss) => loss !== null && Number.isFinite(loss))).toEqual([false, true, false]);
  });
});
