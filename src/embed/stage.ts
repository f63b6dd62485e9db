/**
 * What becomes of an embed: a poster, until somebody runs it; then the application, which trains as long as it is in sight and no other embed of the page
 * has its turn.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../experiment/experiment.ts';
import type { Problem } from '../experiment/problem.ts';
import { text } from '../messages/messages.ts';
import type { Lab } from '../session/store/lab.ts';
import { followTheme } from '../ui/theme.ts';
import type { EmbedOptions } from './address.ts';
import { drawPoster, type Poster } from './poster.ts';
import { joinTurns } from './turns.ts';

/** What is to be shown. */
export interface Scene {
  /** Null where a lesson's own is meant. */
  readonly experiment: Experiment | null;
  /** Its number and its part, from 0; null for none. */
  readonly lesson: { readonly number: number; readonly part: number } | null;
  /** What of the address cannot be followed. */
  readonly problems: readonly Problem[];
  /** The address of the same in Depthscope itself. */
  readonly href: string;
}

export interface EmbedState {
  readonly options: EmbedOptions;
  readonly scene: Scene;
  /** Another embed of the page trains. */
  readonly isWaiting: boolean;
}

export type EmbedStore = StoreApi<EmbedState>;

export interface StageOptions {
  readonly root: Element;
  readonly store: EmbedStore;
  /** Downloads the application and puts it in the place of the poster. */
  readonly load: (root: Element, store: EmbedStore) => Promise<Lab>;
  /** What a hash means. */
  readonly read: (hash: string) => Scene;
}

/** Of the embed, so much has to be in sight before it plays by itself. */
const ENOUGH = 0.3;

export const createEmbed = (options: EmbedOptions, scene: Scene): EmbedStore =>
  createStore<EmbedState>(() => ({ options, scene, isWaiting: false }));

/** What an embed is called where it stands: its lesson, or its networks. */
export function titleOf({ experiment, lesson }: Scene): string {
  const titles: readonly string[] = Object.values(text.lessons.titles);
  if (lesson) return text.embed.lesson(lesson.number, titles[lesson.number - 1] ?? '');
  return experiment ? text.names.networks(experiment.networks).join(' · ') : text.app.name;
}

type Wish = 'none' | 'itself' | 'hand';

/** Starts an embed. */
export function startStage({ root, store, load, read }: StageOptions): void {
  const { options } = store.getState();
  let lab: Lab | null = null;
  let loading: Promise<Lab> | null = null;
  let poster: Poster;
  let isInSight = false;
  /** It is to train as soon as it may, by itself or as somebody has asked for. */
  let wish: Wish = 'none';
  const isWished = () => wish !== 'none';

  const turns = joinTurns({
    onYield() {
      wish = wish === 'itself' ? 'itself' : 'none';
      lab?.commands.pause();
      store.setState({ isWaiting: true });
    },
    onFree() {
      store.setState({ isWaiting: false });
      if (wish === 'itself') void run('itself');
    },
  });

  const draw = (): void => {
    const { scene } = store.getState();
    poster = drawPoster(root, {
      ...scene,
      title: titleOf(scene),
      isTitled: scene.experiment !== null,
      onRun: () => void run('hand'),
    });
  };

  /** Downloads what training needs, once, and trains. */
  async function run(by: 'itself' | 'hand'): Promise<void> {
    wish = by;
    if (!options.parallel) turns.take(by === 'hand');
    store.setState({ isWaiting: false });
    const ready = await open();
    if (ready && isWished() && isInSight && (options.parallel || turns.isMine())) ready.commands.play();
  }

  function open(): Promise<Lab | null> {
    if (!loading) {
      poster.loading();
      loading = load(root, store);
      loading.then(attend, () => poster.failed());
    }
    return loading.catch(() => null);
  }

  /** Whoever presses a button of the figure takes the turn, and gives it back when the run is over. */
  function attend(opened: Lab): void {
    lab = opened;
    opened.store.subscribe((state, before) => {
      if (state.isPlaying && !before.isPlaying && !options.parallel && !turns.isMine()) turns.take(true);
      if (state.isPlaying && !before.isPlaying) store.setState({ isWaiting: false });
      if (!state.isPlaying && before.isPlaying && isInSight) {
        if (!store.getState().isWaiting) wish = 'none';
        turns.leave();
      }
    });
  }

  const isCalm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
  const isSaving = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
  let isToPlay = options.autoplay && !isCalm() && !isSaving();
  let share = 0;
  /** What is out of sight pauses, and goes on when it is back. */
  const look = (): void => {
    const isSeen = share > 0 && document.visibilityState === 'visible';
    if (isInSight && !isSeen && lab?.store.getState().isPlaying) {
      isInSight = false;
      wish = 'itself';
      lab.commands.pause();
      turns.leave();
    }
    const isBack = !isInSight && isSeen;
    isInSight = isSeen;
    if (isBack && wish !== 'none') void run(wish);
    else if (isSeen && isToPlay && share >= ENOUGH) {
      isToPlay = false;
      void run('itself');
    }
  };
  new IntersectionObserver(
    (entries) => {
      share = entries.at(-1)?.intersectionRatio ?? 0;
      look();
    },
    { threshold: [0, ENOUGH] },
  ).observe(root);
  document.addEventListener('visibilitychange', look);

  addEventListener('hashchange', () => store.setState({ scene: read(location.hash) }));
  followTheme(() => store.getState().options.theme);
  store.subscribe(({ scene }, before) => {
    if (scene === before.scene) return;
    document.title = titleOf(scene);
    if (!loading) draw();
    else if (scene.experiment) lab?.commands.open(scene.experiment);
  });
  document.title = titleOf(store.getState().scene);
  draw();
}
