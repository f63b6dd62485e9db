/**
 * What becomes of an embed: a poster, until somebody runs it; then the application, which trains as long as it is in sight and no other embed of the page
 * has its turn.
 */
import type { Experiment } from '../experiment/experiment.ts';
import { text } from '../messages/messages.ts';
import type { Lab } from '../session/store/lab.ts';
import { followTheme } from '../ui/theme.ts';
import { drawPoster, type Poster } from './poster.ts';
import { type EmbedStore, type Scene, titleOf } from './scene.ts';
import { serve } from './serve.ts';
import { joinTurns } from './turns.ts';

export interface StageOptions {
  readonly root: Element;
  readonly store: EmbedStore;
  /** Downloads the application and puts it in the place of the poster. */
  readonly load: (root: Element, store: EmbedStore, experiment: Experiment) => Promise<Lab>;
  /** What a hash means. */
  readonly read: (hash: string) => Scene;
}

/** Of the embed, so much has to be in sight before it plays by itself. */
const ENOUGH = 0.3;

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

  const service = serve({
    store,
    lab: () => lab,
    open,
    play: () => run('hand'),
    follow(hash) {
      const scene = read(hash);
      store.setState({ scene });
      return scene;
    },
  });

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
    const { scene, options } = store.getState();
    poster = drawPoster(root, {
      ...scene,
      title: titleOf(scene),
      isTitled: scene.lesson === null,
      hasBet: options.show.includes('bet'),
      onBet: (bet) => store.setState({ bet }),
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
      service.became('loading');
      loading = load(root, store, store.getState().scene.experiment);
      loading.then(attend, () => {
        poster.failed();
        service.failed(text.embed.failed);
      });
    }
    return loading.catch(() => null);
  }

  /** Whoever presses a button of the figure takes the turn, and gives it back when the run is over. */
  function attend(opened: Lab): void {
    lab = opened;
    service.attach(opened);
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
    store.setState({ bet: null });
    document.title = titleOf(scene);
    if (!loading) draw();
    else
      void loading.then(
        ({ commands }) => scene === store.getState().scene && commands.open(scene.experiment),
        () => undefined,
      );
  });
  document.title = titleOf(store.getState().scene);
  draw();
}
