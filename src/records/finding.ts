/**
 * What a run showed, from its own records alone: what each network ended with, how they compare, whether that is overfitting, and
 * where along the depth the error is heard. The catalogue turns it into sentences, which therefore claim what the charts draw.
 */
import { classCount } from '../experiment/dataRef.ts';
import type { Experiment, NetworkId, NetworkSpec } from '../experiment/experiment.ts';
import { networkIds } from '../experiment/experiment.ts';
import { networkSettingKeys } from '../experiment/settings.ts';
import { depthOf, hasShortcuts, sameStack } from '../experiment/stack.ts';
import { twin } from '../experiment/twin.ts';
import { diedAt, measurementsAt, type Run } from './run.ts';

/** Differences of errors up to this are what another seed may turn round: three of a hundred images. */
export const CLOSE = 0.03;

/** Errors are thousandths: their difference is a hair off one. */
const ROUNDING = 1e-6;

/** The error of guessing among classes of equally many images. */
function guessingError(classes: number): number {
  return 1 - 1 / classes;
}

/** How far from ln(classes) a loss may be that is called a plateau there, as a share. */
const FLAT = 0.02;

/** Whether the loss of the last tenth of the steps is that of giving every class the same chance. */
function isAtPlateau({ loss, steps }: Run, classes: number): boolean {
  const last = loss.subarray(steps - Math.ceil(steps / 10), steps);
  return last.every((value) => Math.abs(value / Math.log(classes) - 1) < FLAT);
}

/**
 * How much higher the error on new images has to be for overfitting. Each is measured on 1,000 images, so chance moves the difference of two
 * errors by up to √(2 · ¼ / 1,000) = 2.2 points: five are beyond two standard deviations.
 */
const OVERFITTED = 0.05;

/** A layer between the ends is told of where it gets clearly less than both, and far less than the last. */
const CLEARLY = 2;
const FAR = 10;

/** Of a network at one count of its mistakes, as fractions. */
export interface Mistakes {
  readonly train: number;
  readonly test: number;
  /** No better than guessing would be, on the images that it was trained on. */
  readonly isGuessing: boolean;
  /** Its loss has come to rest at ln(classes). */
  readonly isAtPlateau: boolean;
  /** Clearly worse on images that it has not been trained on. */
  readonly isOverfitted: boolean;
}

/** How much of the error's signal gets along the depth, at the newest step, to its layers before the classifier. */
export interface Hearing {
  readonly step: number;
  /** How many times less of it the first layer gets than the last one; below 1 it gets more. Infinite where nothing arrives. */
  readonly firstGetsLess: number;
  /** The layer that gets least, where that is neither end and clearly quieter than both; from 1, and how many times less than the last. */
  readonly quietest: { readonly layer: number; readonly getsLess: number } | null;
}

export interface NetworkFinding {
  readonly id: NetworkId;
  readonly depth: number;
  readonly hasShortcuts: boolean;
  /** Null where none have been counted since training began, or the network overflowed. */
  readonly mistakes: Mistakes | null;
  readonly overflowedAt: number | null;
  /** Of the first step, in nats. */
  readonly firstLoss: number;
  /** Since when no layer before the classifier has got any gradient. */
  readonly diedAt: number | null;
  readonly hearing: Hearing | null;
}

export type Comparison =
  /** No two networks have been counted. */
  | { readonly kind: 'none' }
  /** They are as close as another seed may bring them. */
  | { readonly kind: 'alike' }
  /** The networks of the lowest and the highest training error; whether that one is deeper than all others. */
  | { readonly kind: 'apart'; readonly best: NetworkId; readonly worst: NetworkId; readonly isWorstDeepest: boolean };

export interface Finding {
  /** Updates made. */
  readonly steps: number;
  readonly planned: number;
  /** Of the images. */
  readonly classes: number;
  /** All updates are made, or nothing is left that could make them. */
  readonly isOver: boolean;
  /** The updates after which mistakes were counted last, of all that can still be counted; null before the first. */
  readonly countedAt: number | null;
  readonly networks: readonly NetworkFinding[];
  /** A plain network, and the same with shortcuts, in this order or the other. */
  readonly areTwins: boolean;
  readonly comparison: Comparison;
}

/** The key of the lowest value, or `close` where another is within the margin of it; null of nothing. */
export function lowest(values: Readonly<Record<string, number>>, margin: number): string | null {
  const [first, second] = Object.entries(values).sort(([, one], [, other]) => one - other);
  if (!first) return null;
  return second && second[1] - first[1] < margin ? 'close' : first[0];
}

/**
 * @param isEnded nothing trains any more: the run is over, or somebody has stopped it
 * @returns null while a run is under way, and before anything has been trained
 */
export function findingOf(
  { networks, training }: Experiment,
  runs: Readonly<Partial<Record<NetworkId, Run>>>,
  isEnded: boolean,
): Finding | null {
  const trained = networks.flatMap((network, index) => {
    const id = networkIds[index];
    const run = id && runs[id];
    return id && run && run.steps > 0 ? [{ id, network, run }] : [];
  });
  if (!isEnded || trained.length < networks.length) return null;
  const active = trained.filter(({ run }) => run.overflow === null);
  const counted = active.map(({ run }) => run.evaluations.at(-1)?.step ?? 0);
  const countedAt = counted.length > 0 ? Math.min(...counted) || null : null;
  const classes = classCount(training);
  const found = trained.map(({ id, network, run }) => networkFinding(id, network, run, countedAt, classes));
  const steps = Math.max(0, ...trained.map(({ run }) => run.steps));
  const [one, other] = networks;
  return {
    steps,
    planned: training.steps,
    classes,
    isOver: active.length === 0 || (steps >= training.steps && countedAt === steps),
    countedAt,
    networks: found,
    areTwins: networks.length === 2 && one !== undefined && other !== undefined && areTwins(one, other),
    comparison: comparisonOf(found),
  };
}

function networkFinding(
  id: NetworkId,
  { stack }: NetworkSpec,
  run: Run,
  countedAt: number | null,
  classes: number,
): NetworkFinding {
  const isStopped = run.overflow !== null;
  const count = isStopped ? null : run.evaluations.find(({ step }) => step === countedAt);
  return {
    id,
    depth: depthOf(stack),
    hasShortcuts: hasShortcuts(stack),
    mistakes: count ? mistakesOf(count.trainError, count.testError, run, classes) : null,
    overflowedAt: run.overflow?.step ?? null,
    firstLoss: run.loss[0] ?? Number.NaN,
    diedAt: isStopped ? null : diedAt(run),
    hearing: isStopped || diedAt(run) !== null ? null : hearingOf(run),
  };
}

function mistakesOf(train: number, test: number, run: Run, classes: number): Mistakes {
  const isGuessing = train > guessingError(classes) - CLOSE;
  const isFlat = isGuessing && isAtPlateau(run, classes);
  return { train, test, isGuessing, isAtPlateau: isFlat, isOverfitted: test - train > OVERFITTED };
}

function hearingOf(run: Run): Hearing | null {
  const { signalGradient } = measurementsAt(run, run.steps);
  const values = [...signalGradient].filter((_, layer) => /^(conv|dense) /.test(run.layerNames[layer] ?? ''));
  const [first, last] = [values[0], values.at(-1)];
  if (first === undefined || last === undefined || values.length < 2) return null;
  if (!values.every(Number.isFinite) || !(last > 0)) return null;
  const least = Math.min(...values);
  const isTold = least * CLEARLY < Math.min(first, last) && least * FAR < last;
  return {
    step: run.steps,
    firstGetsLess: last / first,
    quietest: isTold ? { layer: values.indexOf(least) + 1, getsLess: last / least } : null,
  };
}

function comparisonOf(networks: readonly NetworkFinding[]): Comparison {
  const errors = Object.fromEntries(networks.flatMap(({ id, mistakes }) => (mistakes ? [[id, mistakes.train]] : [])));
  const sorted = Object.entries(errors).sort(([, one], [, other]) => one - other);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (!best || !worst || sorted.length < 2) return { kind: 'none' };
  if (worst[1] - best[1] < CLOSE + ROUNDING) return { kind: 'alike' };
  const depthAt = (id: string) => networks.find((each) => each.id === id)?.depth ?? 0;
  return {
    kind: 'apart',
    best: best[0] as NetworkId,
    worst: worst[0] as NetworkId,
    isWorstDeepest: sorted.every(([id]) => id === worst[0] || depthAt(id) < depthAt(worst[0])),
  };
}

/** Whether two networks differ in nothing but shortcuts. */
function areTwins(one: NetworkSpec, other: NetworkSpec): boolean {
  const isAlike = networkSettingKeys.every((key) => one[key] === other[key]);
  return isAlike && hasShortcuts(one.stack) !== hasShortcuts(other.stack) && sameStack(twin(one).stack, other.stack);
}
