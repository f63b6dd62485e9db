import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../experiment/presets.ts';
import { isEvaluationStep } from '../experiment/schedule.ts';
import { appendRecords, emptyRun, type Run } from '../records/run.ts';
import { stepRecord } from '../records/testRecords.ts';
import { isMeasuring, secondsLeft, secondsToCome } from './timeLeft.ts';
import { Stopwatch } from './worker/stopwatch.ts';

const STEPS = 100;
const experiment = { ...defaultExperiment, training: { ...defaultExperiment.training, steps: STEPS } };
const ids = ['a', 'b'] as const;

/** A run of two networks, told as the worker tells it, on a clock that the durations alone move on. */
class Simulation {
  readonly told: { readonly at: number; readonly step: number; readonly left: ReturnType<typeof secondsLeft> }[] = [];
  private readonly stopwatch = new Stopwatch();
  private runs: Record<'a' | 'b', Run> = { a: emptyRun(['conv 1']), b: emptyRun(['conv 1']) };
  private now = 0;

  constructor(
    readonly stepMs: (step: number) => number,
    /** Of one network. */
    readonly evaluationMs: (step: number) => number,
  ) {
    this.evaluate(0);
    for (let step = 1; step <= STEPS; step++) {
      this.now += stepMs(step);
      this.stopwatch.add(stepMs(step));
      for (const network of ids) {
        const records = [stepRecord(step, [0], { network })];
        this.runs = { ...this.runs, [network]: appendRecords(this.runs[network], records) };
      }
      this.tell(step);
      if (isEvaluationStep(step, STEPS)) this.evaluate(step);
    }
  }

  get end(): number {
    return this.now;
  }

  private evaluate(step: number): void {
    const began = this.now;
    for (const network of ids) {
      this.now += this.evaluationMs(step);
      const record = { type: 'evaluation', network, step, trainError: 0.5, testError: 0.5 } as const;
      this.runs = { ...this.runs, [network]: appendRecords(this.runs[network], [record]) };
      if (step > 0) this.tell(step);
    }
    this.stopwatch.addEvaluation(this.now - began);
  }

  private tell(step: number): void {
    const state = { status: { kind: 'running' as const }, experiment, runs: this.runs, speed: this.stopwatch.speed };
    this.told.push({ at: this.now, step, left: secondsLeft(state) });
  }
}

/** By which share an estimate is off, at each moment from a third of its steps on, up to the last. */
function errorsOf({ told, end }: Simulation): number[] {
  const late = told.filter(({ step }) => step >= STEPS / 3 && step < STEPS);
  return late.map(({ at, left }) => (typeof left === 'number' ? Math.abs((1000 * left) / (end - at) - 1) : 1));
}

/** Between 0.9 and 1.1, without a pattern that a median could profit from. */
const jitter = (step: number) => 0.9 + 0.2 * ((step * 0.618) % 1);

describe('the time left of a run', () => {
  it('is right within a tenth from a third of the run on, where evaluations take half of the time', () => {
    // 100 steps of 110 ms, and 11 evaluations of two networks, 500 ms each: 11 s of either.
    const simulation = new Simulation(
      (step) => 110 * jitter(step),
      (step) => 500 * jitter(step),
    );
    expect(simulation.end / 1000).toBeGreaterThan(21);
    expect(Math.max(...errorsOf(simulation))).toBeLessThan(0.1);
  });

  it('does not go by a first step and a first evaluation that took ten times as long', () => {
    const simulation = new Simulation(
      (step) => (step <= 3 ? 1100 : 110),
      (step) => (step === 0 ? 5000 : 500),
    );
    expect(Math.max(...errorsOf(simulation))).toBeLessThan(0.1);
  });

  it('is not known before an evaluation has been timed, and is that of measuring after the last step', () => {
    const { told } = new Simulation(
      () => 100,
      () => 500,
    );
    // 99 steps of 100 ms, and ten evaluations of both networks.
    expect(told[0]?.left).toBeCloseTo(9.9 + 10, 9);
    expect(told.filter(({ step }) => step === STEPS).map(({ left }) => left)).toEqual(Array(3).fill('measuring'));
    const runs = { a: appendRecords(emptyRun(['conv 1']), [stepRecord(1, [0])]) };
    const speed = { stepsPerSecond: 10, msPerStep: 100, msPerEvaluation: null };
    expect(secondsLeft({ status: { kind: 'running' }, experiment, runs, speed })).toBeNull();
    const known = { ...speed, msPerEvaluation: 500 };
    expect(secondsLeft({ status: { kind: 'paused' }, experiment, runs, speed: known })).toBeNull();
  });
});

it('is standing still for an evaluation before its first step, and on the way where evaluations take long', () => {
  const [running, before] = [{ kind: 'running' as const }, emptyRun(['conv 1'])];
  const evaluated = (run: Run, step: number) =>
    appendRecords(run, [{ type: 'evaluation', network: 'a', step, trainError: 0.5, testError: 0.5 }]);
  const stands = (
    run: Run,
    msPerEvaluation: number | null,
    status: Parameters<typeof isMeasuring>[0]['status'] = running,
  ) =>
    isMeasuring({
      status,
      experiment,
      runs: { a: run },
      speed: { stepsPerSecond: 1, msPerStep: 1000, msPerEvaluation },
    });
  expect(stands(before, null)).toBe(true);
  expect(stands(before, null, { kind: 'paused' })).toBe(false);
  const begun = evaluated(before, 0);
  expect(stands(begun, null)).toBe(false);
  // Ten evaluations in 100 steps: the first on the way is after ten.
  const ten = appendRecords(
    begun,
    Array.from({ length: 10 }, (_, i) => stepRecord(i + 1, [0])),
  );
  expect([2500, 500].map((time) => stands(ten, time))).toEqual([true, false]);
  expect(stands(evaluated(ten, 10), 2500)).toBe(false);
});

it('says how long a long run will take before it starts, by the steps that were timed', () => {
  const long = { ...experiment, training: { ...experiment.training, batch: 128, test: 1000, steps: 2000 } };
  const speed = { msPerStep: 384, stepsPerSecond: 1000 / 384, msPerEvaluation: null };
  const ready = {
    status: { kind: 'ready' as const },
    experiment: long,
    runs: {},
    lastSpeed: { experiment: long, speed },
  };
  // Ten evaluations, each of 512 + 1,000 + 1,000 images forwards: 128 at a third of a step's time.
  expect(secondsToCome(ready)).toBeCloseTo(2000 * 0.384 + 10 * 2512 * 0.001, 6);
  expect(secondsToCome({ ...ready, lastSpeed: null })).toBeNull();
  expect(secondsToCome({ ...ready, experiment })).toBeNull();
  expect(secondsToCome({ ...ready, status: { kind: 'running' } })).toBeNull();
});
