/** What a run showed, in sentences. They say no more than the finding does, and a finding no more than its run. */
import type { NetworkId } from '../../experiment/experiment.ts';
import { networkIds } from '../../experiment/experiment.ts';
import type { Comparison, Finding, Hearing, Mistakes, NetworkFinding } from '../../records/finding.ts';
import { about, number, plural, whole } from '../format.ts';

/** Mistakes in a hundred images. */
const ofHundred = (error: number): string => whole(100 * error);

const guessingIsWrongOn = (classes: number): string => `wrong on ${ofHundred(1 - 1 / classes)}`;

const inSteps = (count: number): string => plural(count, { one: '# step', other: '# steps' });

/** What a network is called in a sentence: its kind, where it stands beside its twin. */
function called({ areTwins }: Finding, { id, hasShortcuts }: NetworkFinding, names: readonly string[]): string {
  if (areTwins) return hasShortcuts ? 'the residual network' : 'the plain network';
  return names[networkIds.indexOf(id)] ?? id;
}

const capital = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

interface Counted {
  readonly network: NetworkFinding;
  readonly name: string;
  readonly mistakes: Mistakes;
}

function countedIn(finding: Finding, names: readonly string[]): Counted[] {
  return finding.networks.flatMap((network) =>
    network.mistakes ? [{ network, name: called(finding, network, names), mistakes: network.mistakes }] : [],
  );
}

/** What became of networks that did not come to an ordinary end. */
function accidents(finding: Finding, names: readonly string[]): string[] {
  return finding.networks.flatMap((network) => {
    const name = capital(called(finding, network, names));
    const { overflowedAt, diedAt, firstLoss } = network;
    if (overflowedAt !== null) {
      const stop = `${name} stopped at step ${number(overflowedAt)}: its numbers overflowed, they had grown too large to compute with.`;
      return overflowedAt > 1 ? [stop, whyOverflowed(firstLoss, finding.classes)] : stop;
    }
    if (diedAt === null) return [];
    return `${name} has died: since step ${number(diedAt)} no layer before its last one gets any signal, so it learns nothing more.`;
  });
}

/** A first loss of so many times that of guessing is no ordinary start. */
const LARGE = 3;

/** Whether it was large from the start, or its steps made it so. */
function whyOverflowed(firstLoss: number, classes: number): string {
  const loss = about(firstLoss);
  const guessing = Math.log(classes);
  return firstLoss > LARGE * guessing
    ? `It was too large from the start: its first loss was ${loss}, where guessing costs ${guessing.toFixed(2)}.`
    : `Its start was sound, with a loss of ${loss}, so the steps were too large: a lower learning rate helps.`;
}

/** "After 100 steps the plain network is wrong on 81 of 100 images that it was trained on, the residual network on 28." */
function counts({ countedAt }: Finding, counted: readonly Counted[]): string[] {
  const [first, ...others] = counted;
  if (!first || countedAt === null) return [];
  const when = `After ${inSteps(countedAt)}`;
  if (counted.length > 2) {
    const each = counted.map(({ name, mistakes }) => `${name}: ${ofHundred(mistakes.train)}`);
    return [`${when}, mistakes in 100 images that they were trained on: ${each.join('; ')}.`];
  }
  const rest = others.map(({ name, mistakes }) => `, ${name} on ${ofHundred(mistakes.train)}`).join('');
  const comma = /,/.test(first.name) ? ',' : '';
  return [
    `${when} ${first.name}${comma} is wrong on ${ofHundred(first.mistakes.train)} of 100 images that it was trained on${rest}.`,
  ];
}

/** Who has learned nothing so far. */
function guesses({ classes }: Finding, counted: readonly Counted[]): string[] {
  const guessing = counted.filter(({ mistakes, network }) => mistakes.isGuessing && network.diedAt === null);
  if (guessing.length === 0) return [];
  const guessed = `guessing is ${guessingIsWrongOn(classes)}`;
  const flat = guessing.filter(({ mistakes }) => mistakes.isAtPlateau);
  const whose = flat.length < guessing.length ? ` of ${flat.map(({ name }) => name).join(' and ')}` : '';
  const plateau =
    flat.length > 0
      ? [
          `The loss${whose} stands at ln ${number(classes)} = ${Math.log(classes).toFixed(2)}: this plateau is what giving all ${number(classes)} classes the same chance costs.`,
        ]
      : [];
  if (counted.length === 1) return [`It has hardly learned anything: ${guessed}.`, ...plateau];
  const all = counted.length === 2 ? 'Neither has' : 'None of them has';
  if (guessing.length === counted.length) return [`${all} learned much: ${guessed}.`, ...plateau];
  return [
    `${capital(guessing.map(({ name }) => name).join(' and '))} did little better than guessing, which is ${guessingIsWrongOn(classes)}.`,
    ...plateau,
  ];
}

function nameOf(id: NetworkId, counted: readonly Counted[]): Counted | undefined {
  return counted.find(({ network }) => network.id === id);
}

/** How the networks compare, and whether that is overfitting. */
function compared(finding: Finding, counted: readonly Counted[]): string[] {
  const { comparison } = finding;
  if (comparison.kind === 'none') return counted.flatMap((each) => overfitting(each, counted.length > 1));
  if (comparison.kind === 'alike') return [alike(finding, counted), ...overfittings(counted)];
  const [best, worst] = [nameOf(comparison.best, counted), nameOf(comparison.worst, counted)];
  if (!best || !worst) return [];
  return [...apart(finding, comparison, [best, worst], counted), ...whyNot(finding, worst), ...overfittings(counted)];
}

function alike({ areTwins }: Finding, counted: readonly Counted[]): string {
  const chance = 'another random start could turn that round';
  if (!areTwins) return `The differences are within 3 in 100: ${chance}.`;
  const [{ network } = { network: null }] = counted;
  const depth = network ? ` with ${number(network.depth)} layers` : '';
  return `That is no difference to build on (within 3 in 100: ${chance}). So this run does not show that shortcuts help${depth}.`;
}

type Apart = Extract<Comparison, { kind: 'apart' }>;

function apart(
  { areTwins }: Finding,
  { isWorstDeepest }: Apart,
  [best, worst]: readonly [Counted, Counted],
  counted: readonly Counted[],
): string[] {
  if (areTwins) {
    const { hasShortcuts } = worst.network;
    return hasShortcuts
      ? ['This run does not show that shortcuts help: with them, the same layers learned worse.']
      : ['Same layers, same start, same images: shortcuts made the difference.'];
  }
  const like = (end: Counted) =>
    counted.filter(({ mistakes }) => ofHundred(mistakes.train) === ofHundred(end.mistakes.train));
  const [fewest, most] = [like(best), like(worst)].map((ends) => ends.map(({ name }) => name).join(' and '));
  const deepest = isWorstDeepest && most === worst.name ? ', the deepest of them' : '';
  return [`Fewest: ${fewest}. Most: ${most}${deepest}.`];
}

/** The worst on its own training images. */
function whyNot({ areTwins }: Finding, { name, mistakes: { test, isOverfitted } }: Counted): string[] {
  // Several networks are last spoken of by the worst; of twins, neither is.
  const who = areTwins ? name : 'it';
  if (isOverfitted)
    return [`${capital(who)} is worse even on its own training images, and overfitting cannot explain that.`];
  return [
    `${areTwins ? 'It' : 'So this'} is not overfitting: ${who} is as bad on images that it was trained on as on new ones (${ofHundred(test)} of 100).`,
  ];
}

function overfittings(counted: readonly Counted[]): string[] {
  return counted.flatMap((each) => (each.mistakes.isOverfitted ? overfitting(each, true) : []));
}

function overfitting({ name, mistakes: { test, isOverfitted, isGuessing } }: Counted, isNamed: boolean): string[] {
  const who = isNamed ? capital(name) : 'It';
  if (isOverfitted)
    return [`${who} is wrong on ${ofHundred(test)} of 100 new images, clearly more: that part is overfitting.`];
  return isGuessing
    ? []
    : [`On new images ${isNamed ? name : 'it'} is about as good (${ofHundred(test)} of 100 wrong): no overfitting.`];
}

/** Where along the depth the error is heard. */
function hearings(finding: Finding, names: readonly string[]): string[] {
  // Of many, that of the worst is the one to know.
  const { comparison } = finding;
  const isTold = ({ id }: NetworkFinding) =>
    finding.networks.length <= 2 || (comparison.kind === 'apart' && comparison.worst === id);
  const heard = finding.networks.flatMap((network) =>
    network.hearing && isTold(network) ? [{ name: called(finding, network, names), hearing: network.hearing }] : [],
  );
  const [first] = heard;
  if (!first) return [];
  const each = heard.map(
    ({ name, hearing }) => `${finding.networks.length > 1 ? `in ${name} ` : ''}${heardIn(hearing)}`,
  );
  return [
    `How much of the error’s signal arrives at step ${number(first.hearing.step)}, the classifier aside: ${each.join('; ')}.`,
  ];
}

function heardIn({ firstGetsLess, quietest }: Hearing): string {
  const middle = quietest ? `, and layer ${number(quietest.layer)} least of all, ${lessBy(quietest.getsLess)}` : '';
  if (firstGetsLess === Number.POSITIVE_INFINITY) return 'nothing of it arrives at the first layer';
  if (firstGetsLess >= 2) return `the first layer gets ${times(firstGetsLess)} less of it than the last${middle}`;
  if (firstGetsLess <= 1 / 2)
    return `the first layer gets ${times(1 / firstGetsLess)} more of it than the last${middle}`;
  return `the first layer gets about as much of it as the last${middle}`;
}

const times = (factor: number): string => `${about(factor)} times`;

const lessBy = (factor: number): string =>
  factor === Number.POSITIVE_INFINITY ? 'which is nothing' : `${times(factor)} less`;

function stopped({ steps, planned, countedAt }: Finding): string[] {
  const when = `Stopped after ${number(steps)} of ${inSteps(planned)}.`;
  if (countedAt === null) return [`${when} Mistakes have not been counted yet.`];
  return [when];
}

const ON = 'Train on to see how it ends.';

export const finding = {
  /** Above the sentences. */
  title({ isOver, areTwins, comparison, networks }: Finding): string {
    if (!isOver) return 'So far';
    const worst = comparison.kind === 'apart' ? networks.find(({ id }) => id === comparison.worst) : null;
    const isMissed = areTwins && (comparison.kind === 'alike' || worst?.hasShortcuts === true);
    return isMissed ? 'Not this time' : 'What this run showed';
  },
  /**
   * What is said of a run, a sentence each, in the order of their weight.
   * @param names of the networks, in their order
   */
  sentences(found: Finding, names: readonly string[]): readonly string[] {
    const counted = countedIn(found, names);
    const said = [...accidents(found, names), ...counts(found, counted)];
    if (!found.isOver) return [...stopped(found), ...said, ON];
    return [...said, ...guesses(found, counted), ...compared(found, counted), ...hearings(found, names)];
  },
  /** What to do next. */
  next: { seed: 'Another random start', why: 'Why? Lesson 5' },
};
