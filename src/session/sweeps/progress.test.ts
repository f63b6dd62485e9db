import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../../experiment/presets.ts';
import { isEvaluationStep } from '../../experiment/schedule.ts';
import { type Cell, sweepCells } from '../../experiment/sweep/cells.ts';
import { defaultSweep } from '../../experiment/sweep/sweep.ts';
import { stepRecord } from '../../records/testRecords.ts';
import { doneAt, doneIn, evaluationsOf, nothingDone, Pace, RunningCells, Timer, total, workOf } from './progress.ts';

const flops = (training: number, evaluation: number) => ({ training, evaluation });

describe('the time left of a sweep', () => {
  it('is that of the training and the evaluations left, each at its own pace so far', () => {
    const pace = new Pace();
    expect(pace.estimate(flops(100, 10), nothingDone)).toBeNull();
    pace.add({ work: flops(50, 5), ms: flops(250, 100) });
    // 5 ms for one of training, 20 for one of evaluation.
    expect(pace.estimate(flops(100, 10), nothingDone)).toBe(500 + 200);
    // 50 more of training took 750 ms: 10 ms each, and 50 are left of them.
    expect(pace.estimate(flops(100, 10), { work: flops(50, 0), ms: flops(750, 0) })).toBe(500 + 200);
    expect(pace.estimate(flops(0, 0), nothingDone)).toBe(0);
    const half = new Pace();
    half.add({ work: flops(50, 0), ms: flops(250, 0) });
    expect(half.estimate(flops(100, 10), nothingDone)).toBeNull();
    expect(half.estimate(flops(100, 0), nothingDone)).toBe(500);
  });

  it('is estimated before the start from what others have taken, and from nothing else once a cell has been trained', () => {
    const pace = new Pace();
    pace.suppose({ work: flops(10, 1), ms: flops(20, 30) });
    // 2 ms for one of training, 30 for one of evaluation.
    expect(pace.estimate(flops(100, 10), nothingDone)).toBe(200 + 300);
    pace.add({ work: flops(50, 5), ms: flops(250, 100) });
    expect(pace.estimate(flops(100, 10), nothingDone)).toBe(500 + 200);
  });

  it('of a run is told by the same run, kept with its seconds, and by its speed in the lab', () => {
    const work = workOf({ experiment: defaultExperiment });
    const { steps } = defaultExperiment.training;
    const kept = new Pace();
    kept.suppose(doneIn([{ experiment: defaultExperiment, seconds: 60 }]));
    expect(kept.estimate(work, nothingDone)).toBeCloseTo(60_000, 6);
    const lab = new Pace();
    lab.suppose(doneAt(defaultExperiment, { stepsPerSecond: 50, msPerStep: 20, msPerEvaluation: 300 }));
    expect(lab.estimate(work, nothingDone)).toBeCloseTo(20 * steps + 300 * evaluationsOf(steps), 6);
    // Before the first evaluation, its work is taken to be done at the pace of training.
    lab.suppose(doneAt(defaultExperiment, { stepsPerSecond: 50, msPerStep: 20, msPerEvaluation: null }));
    expect(lab.estimate(work, nothingDone)).toBeCloseTo(20 * steps * (1 + work.evaluation / work.training), 6);
  });

  it('counts evaluations, of cells that differ in depth, within a tenth from a third of the sweep on', () => {
    const made = sweepCells(defaultExperiment, { ...defaultSweep(defaultExperiment), seeds: [1, 2] });
    const cells = made.ok ? made.value : [];
    expect(cells.length).toBeGreaterThan(8);
    // A device on which one evaluation of a cell takes as long as ten of its steps: half of the time goes there.
    const durations = (cell: Cell) => {
      const { training, evaluation } = workOf(cell);
      const { steps } = cell.experiment.training;
      const msPerStep = (training / steps) * 1e-9;
      const msPerEvaluation = (evaluation / evaluationsOf(steps)) * ((training / evaluation) * 1e-9);
      return { steps, msPerStep, msPerEvaluation };
    };
    const all = cells.map((cell) => {
      const { steps, msPerStep, msPerEvaluation } = durations(cell);
      return steps * msPerStep + evaluationsOf(steps) * msPerEvaluation;
    });
    const end = all.reduce((sum, ms) => sum + ms, 0);
    const pace = new Pace();
    let now = 0;
    const errors: number[] = [];
    cells.forEach((cell, index) => {
      const { steps, msPerStep, msPerEvaluation } = durations(cell);
      const work = total(cells.slice(index).map(workOf));
      const running = new RunningCells([cell], () => now);
      const speed = { stepsPerSecond: 1000 / msPerStep, msPerStep, msPerEvaluation };
      for (let step = 0; step <= steps; step++) {
        now += step > 0 ? msPerStep : 0;
        running.add(step > 0 ? [stepRecord(step, [0])] : [], speed);
        if (isEvaluationStep(step, steps)) {
          now += msPerEvaluation;
          running.add([{ type: 'evaluation', network: 'a', step, trainError: 1, testError: 1 }], speed);
        }
        if (now > end / 3 && now < 0.99 * end) {
          errors.push(Math.abs((pace.estimate(work, running.done) ?? 0) / (end - now) - 1));
        }
      }
      pace.add(running.done);
    });
    expect(now / end).toBeCloseTo(1, 9);
    expect(errors.length).toBeGreaterThan(100);
    expect(Math.max(...errors)).toBeLessThan(0.1);
  });
});

describe('a timer', () => {
  it('counts while it runs, and only then', () => {
    let now = 0;
    const timer = new Timer(() => now);
    now = 5;
    timer.start();
    now = 8;
    timer.start();
    expect(timer.ms).toBe(3);
    timer.stop();
    now = 100;
    expect(timer.ms).toBe(3);
    timer.start();
    now = 102;
    expect(timer.ms).toBe(5);
  });
});
