/** What a page around an embed can ask of it, and what it is told. */
import type { Experiment } from '../experiment/experiment.ts';
import { formatLink } from '../experiment/link.ts';
import { languageFor } from '../messages/languages.ts';
import { sentence, spoken } from '../messages/messages.ts';
import { newestStep } from '../session/selectors.ts';
import type { Lab } from '../session/store/lab.ts';
import type { LabState } from '../session/store/state.ts';
import { showTheme } from '../ui/theme.ts';
import { type EmbedOptions, queryIn, usualEmbed } from './address.ts';
import { type Bet, betLabel } from './bet.ts';
import { startHost } from './host.ts';
import { HostError, type KeptState, type Params, type Phase, PROTOCOL } from './protocol.ts';
import type { EmbedStore, Scene } from './scene.ts';

/** What is asked and told of. */
export interface Served {
  readonly store: EmbedStore;
  readonly lab: () => Lab | null;
  /** Downloads the application, once; null where it does not arrive. */
  readonly open: () => Promise<Lab | null>;
  /** Trains as if somebody had pressed the button. */
  readonly play: () => Promise<void>;
  /** Shows what a hash means. */
  readonly follow: (hash: string) => Scene;
}

export interface Prediction {
  /** Null for a bet. */
  readonly lesson: number | null;
  readonly part: string;
  readonly answer: unknown;
  /** The answer in words, where it is one of a few. */
  readonly label?: string;
  /** Null where that is not known, or not yet. */
  readonly isRight: boolean | null;
}

export interface Service {
  /** A lab is there. */
  attach(lab: Lab): void;
  /** Says what a visitor expects of a run. */
  predicted(prediction: Prediction): void;
  /** Says that the application is on its way. */
  became(phase: Phase): void;
  /** Says that it has not come. */
  failed(message: string): void;
}

/** What comes with the secret of WordPress, which it appends to the hash of every address. */
const secretOf = (hash: string): string | null => /#\?secret=(\w+)$/.exec(hash)?.[1] ?? null;

/** The height that suits an embed of a width, in pixels: tall where it is narrow, so that curves stand below the stacks. */
function suitableHeight(width: number, { ui, instrument, show }: EmbedOptions): number {
  if (ui === 'full') return 800;
  const isMore = instrument !== null || show.includes('depth') || show.includes('history');
  const height = width < 440 ? 600 : Math.min(560, Math.max(320, Math.round(0.65 * width)));
  return isMore ? Math.round(1.25 * height) : height;
}

function phaseOf({ status, runs }: LabState): Phase {
  if (status.kind === 'preparing') return 'loading';
  if (status.kind === 'failed') return 'lost';
  const all = Object.values(runs);
  if (status.kind === 'finished' && all.every(({ overflow }) => overflow !== null)) return 'diverged';
  return status.kind;
}

const spokenNow = () => spoken?.locale ?? 'en';

/** Milliseconds between two `step` events. */
const STEP_MS = 100;

/** Listens to the page around, and tells it what happens. */
export function serve({ store, lab, open, play, follow }: Served): Service {
  const { options, scene } = store.getState();
  let phase: Phase = 'idle';
  let isCompleted = false;
  /** What the page around has asked for last. */
  let asked: string | null = null;
  /** What has been predicted of what is on show, by lesson and part. */
  const predictions = new Map<string, Prediction>();
  const isFull = options.ui === 'full';
  const live = async (): Promise<Lab> => {
    const opened = await open();
    if (!opened) throw new HostError('loadFailed', 'A file of the embed did not arrive.');
    return opened;
  };
  const actions = () => import('./actions.ts');
  const linkNow = (): string => {
    const experiment = lab()?.store.getState().experiment;
    return isFull && experiment ? formatLink(experiment) : store.getState().scene.link;
  };
  const height = () => suitableHeight(innerWidth, store.getState().options);

  function show({ show, ui, theme }: Pick<Params<'set'>, 'show' | 'ui' | 'theme'>): void {
    if (isFull && (ui !== undefined || show !== undefined)) {
      throw new HostError('unsupported', 'An embed of the whole page has no parts that could be chosen.');
    }
    const chosen = { ...(show && { show }), ...(ui && { ui }), ...(theme && { theme }) };
    store.setState((before) => ({ options: { ...before.options, ...chosen } }));
    if (theme) showTheme(theme);
    host.tellHeight(height());
  }

  /** Words are kept by modules: another language takes the page anew. @returns what will be spoken */
  function speak(locale: string): string {
    const wanted = languageFor(`?locale=${encodeURIComponent(locale)}`, navigator.languages) ?? 'en';
    if (wanted === spokenNow()) return wanted;
    // Behind the answer, so that whoever has asked hears that and is there when the page is anew.
    setTimeout(() => {
      host.tell('reload', { locale: wanted });
      const [secret = ''] = /#\?secret=\w+$/.exec(location.hash) ?? [];
      location.replace(`${queryIn(wanted, location.search, store.getState().options)}${linkNow()}${secret}`);
    });
    return wanted;
  }

  function openLink(link: string) {
    const hash = link.includes('#') ? link.slice(link.indexOf('#')) : `#${link}`;
    const { problems, link: understood } = follow(hash);
    asked = understood;
    return { link: understood, problems: problems.map((each) => ({ code: each.code, message: sentence(each) })) };
  }

  const host = startHost({
    origin: options.origin,
    secret: secretOf(location.hash),
    greeting: () => [
      ['ready', { version: PROTOCOL, link: linkNow(), phase, height: height() }],
      ...[...predictions.values()].map((each) => ['prediction', each] as const),
    ],
    handlers: {
      getState(): KeptState {
        const { show, ui, theme } = store.getState().options;
        const kept = ui === 'full' ? { theme } : { show: [...show], ui, theme };
        return { v: 1, link: linkNow(), ...kept, step: lab()?.store.getState().viewStep ?? null };
      },
      setState({ state: { link, show: parts, ui, theme } }) {
        show(isFull ? { theme } : { show: parts ?? [...usualEmbed.show], ui, theme });
        return openLink(link);
      },
      open: ({ link }) => openLink(link),
      play,
      pause: () => lab()?.commands.pause(),
      step: async (params) => (await actions()).trainSteps(await live(), params),
      async seek({ step }) {
        const { store, commands } = await live();
        const newest = newestStep(store.getState());
        if (step !== null && step > newest) {
          throw new HostError('noStep', `Step ${step} has not been recorded; the newest is ${newest}.`);
        }
        commands.view(step === null || step === newest ? null : step);
      },
      reset: () => lab()?.commands.reset(),
      async getResult() {
        const state = lab()?.store.getState();
        return state ? (await actions()).resultOf(state) : null;
      },
      measure: async (params) => (await actions()).measureOf((await live()).store.getState(), params),
      picture: async (params) => (await actions()).pictureOf(await live(), params),
      set({ steps, locale, ...chosen }, peer) {
        if (steps !== undefined) peer.wantsSteps = steps;
        show(chosen);
        return { locale: locale === undefined ? spokenNow() : speak(locale) };
      },
    },
  });

  function became(next: Phase, message?: string): void {
    if (next === phase) return;
    phase = next;
    host.tell('phase', { phase });
    if (message !== undefined) host.tell('error', { code: 'lost', message });
  }

  function attach({ store: labStore }: Lab): void {
    let told = 0;
    const look = (state: LabState, before: LabState | null): void => {
      if (before && state.experiment !== before.experiment) {
        host.tell('change', { link: linkNow(), isUserInitiated: linkNow() !== asked });
        isCompleted = false;
      }
      const step = newestStep(state);
      if (before && state.runs !== before.runs && step !== newestStep(before) && performance.now() - told >= STEP_MS) {
        told = performance.now();
        host.tell('step', { step, steps: state.experiment.training.steps });
      }
      const isOver = state.status.kind === 'finished' && before?.status.kind !== 'finished';
      became(phaseOf(state), state.status.kind === 'failed' ? sentence(state.status.problem) : undefined);
      if (isOver) void finish(state);
    };
    labStore.subscribe(look);
    look(labStore.getState(), null);
  }

  async function finish(state: LabState): Promise<void> {
    const { resultOf, betCame } = await actions();
    const result = resultOf(state);
    if (!result) return;
    host.tell('result', result);
    const { bet } = store.getState();
    if (bet) tellBet(bet, state.experiment, betCame(bet, state));
    if (!isCompleted) host.tell('completed', { steps: result.steps, lesson: scene.lesson?.number ?? null });
    isCompleted = true;
  }

  function predicted(prediction: Prediction): void {
    predictions.set(`${prediction.lesson} ${prediction.part}`, prediction);
    host.tell('prediction', prediction);
  }

  const tellBet = (bet: Bet, experiment: Experiment, isRight: boolean | null) =>
    predicted({ lesson: null, part: 'bet', answer: bet, label: betLabel(experiment, bet), isRight });

  store.subscribe(({ bet, scene: { experiment } }, before) => {
    if (bet && bet !== before.bet) tellBet(bet, experiment, null);
    else if (!bet) predictions.delete(`${null} bet`);
  });
  store.subscribe((state, before) => {
    if (state.scene === before.scene || lab()) return;
    host.tell('change', { link: linkNow(), isUserInitiated: false });
  });
  let width = 0;
  new ResizeObserver(() => {
    if (innerWidth === width) return;
    width = innerWidth;
    host.tellHeight(height());
  }).observe(document.documentElement);

  return {
    attach,
    predicted,
    became,
    failed(message) {
      became('lost');
      host.tell('error', { code: 'loadFailed', message });
    },
  };
}
