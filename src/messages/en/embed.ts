/** The words of an embed. Where there are several, the longest comes first: the first that fits is shown. */
export const embed = {
  run: 'Train',
  loading: 'Loading…',
  /** The drawing before anything is loaded. */
  layers: (networks: string) => `Layers of ${networks}; nothing has been trained yet`,
  pause: 'Pause',
  open: 'Open in Depthscope',
  openShort: 'Open',
  openShortest: '↗',
  why: 'Why?',
  lesson: (number: number, title: string) => `Lesson ${number}: ${title}`,
  failed: 'A file of this page did not arrive, so nothing can be trained here.',
  retry: 'Load it again',
  /** What is shown where there is no such instrument. */
  figure: 'the figure',

  /** Where there are more than two networks. */
  bet: 'Your bet: which makes the fewest mistakes?',

  /** Before anything is loaded. */
  poster: 'Not trained yet. Nothing here is recorded: it trains on this device.',

  ready: [
    'The bars are of the untrained networks: how much of the error’s signal reaches each layer. Train them and see who learns.',
    'The bars are of the untrained networks. Train them and see who learns.',
    'Not trained yet.',
  ],
  during: [
    'Training on this device. The bars show how much of the error’s signal reaches each layer.',
    'Training on this device.',
    'Training.',
  ],
  /** Instead of both where there are no bars. */
  readyPlain: ['Not trained yet.'],
  duringPlain: ['Training on this device.', 'Training.'],
  another: [
    'Paused, since another experiment on this page is training. Train here, and that one waits.',
    'Paused: another experiment is training.',
    'Paused.',
  ],
};
