/** The words of the view of sweeps. */
import { duration, number, plural } from '../format.ts';

const kinds = { plain: 'plain', residual: 'residual' };

export const sweep = {
  about: (axis: string, values: string, of: readonly (keyof typeof kinds)[]) =>
    `${of.map((kind) => kinds[kind]).join(' and ')}, ${axis} ${values}`,

  panel: {
    title: 'Sweep',
    explanation:
      'Trains one network after another, each from several seeds, and draws how they end. It trains beside the lab, which keeps its networks.',
    base: 'All else is as in the first network of the lab:',
    earlierBase: 'All else is as it was in the first network of the lab:',
    otherBase: 'The lab holds another experiment by now.',
    follow: 'Sweep that one',
    start: (runs: number) => `Train ${plural(runs, { one: '# run', other: '# runs' })}`,
    resume: 'Continue',
    pause: 'Pause',
    progressLabel: 'Finished runs',
    progress: (done: number, all: number) =>
      `${number(done)} of ${plural(all, { one: '# run', other: '# runs' })} finished`,
    loading: 'The engine and the images are loading.',
    running: 'Training.',
    paused: 'Paused.',
    finished: 'Every run is finished.',
    finishedWithout: (left: number, refused: number) =>
      `Nothing is left to train. ${[
        left > 0 ? `${plural(left, { one: '# run was', other: '# runs were' })} left out.` : '',
        refused > 0 ? `${plural(refused, { one: '# run', other: '# runs' })} cannot be trained here.` : '',
      ]
        .filter((part) => part !== '')
        .join(' ')}`,
    estimate: (ms: number) => `About ${duration(ms)} on this computer.`,
    timeLeft: (ms: number) => `About ${duration(ms)} left.`,
  },

  fields: {
    axis: 'Setting to vary',
    values: (axis: string) => `Values of ${axis.toLowerCase()}`,
    choices: (choices: readonly string[]) => `any of ${choices.join(', ')}`,
    lists: (range: string, example: string) => `each like ${example}; ${range}`,
    range: (range: string) => `separated by commas; ${range}`,
    kinds: 'Networks',
    kindChoices: { both: 'Plain and residual', plain: 'Plain', residual: 'Residual' },
    steps: 'of every run, and of the lab',
    seeds: 'Seeds',
    seedsNote: 'separated by commas; more can be added at any time',
  },

  base: {
    width: (width: number) => `width ${number(width)}`,
    norm: (norm: string) => (norm === 'None' ? 'no normalisation' : norm.toLowerCase()),
    init: (init: string, gain: number) => `${init}${gain === 1 ? '' : ` × ${number(gain)}`} initialisation`,
    lr: (lr: number, schedule: string) => `learning rate ${number(lr)} (${schedule.toLowerCase()})`,
    batch: (batch: number) => `batch ${number(batch)}`,
    steps: (steps: number) => plural(steps, { one: '# step', other: '# steps' }),
    joined: (parts: readonly string[]) => `${parts.join(', ')}.`,
  },

  charts: {
    heading: 'Pictures of the sweep',
    steps: { plain: 'Error by step: plain networks', residual: 'Error by step: residual networks' },
    stepsSubtitle: ({ fewest, most }: { readonly fewest: number; readonly most: number }, planned: number) => {
      if (planned === 1) return 'one seed';
      const mean = most === 1 ? 'one seed; ' : `mean of ${fewest < most ? 'up to ' : ''}${number(most)} seeds; `;
      return `${most === 0 ? '' : mean}thin: each run’s training error`;
    },
    final: { train: 'Final training error', test: 'Final test error' },
    finalSubtitle: (axis: string) => `% of images misclassified · by ${axis} · every seed a dot`,
    empty: 'Start the sweep: each finished run is drawn here.',
    convention:
      'Training error is solid and test error dashed, as everywhere on this page. Fig. 6 of He et al. (2015) has it the other way round: training dashed, test solid.',
  },

  cells: {
    title: 'Runs',
    subtitle: 'final training / test error · press one to open it in the lab',
    seed: (seed: number) => `seed ${seed}`,
    row: (value: string, kind: keyof typeof kinds) => `${value} ${kinds[kind]}`,
    name: (value: string, kind: keyof typeof kinds, seed: number) => `${value} ${kinds[kind]}, seed ${seed}`,
    waiting: 'waiting',
    running: (step: number, steps: number) => `step ${number(step)} / ${number(steps)}`,
    cancelled: 'left out',
    cancel: (name: string) => `Leave out ${name}`,
    restore: (name: string) => `Put ${name} back`,
    open: (name: string, errors: string) => `${name}: ${errors}. Open in the lab`,
  },

  elsewhere: {
    title: 'Run elsewhere',
    explanation:
      'One Python file trains this sweep on other machines: a run is a process on a device of its own, by torchrun, a Slurm array, Kubernetes or Ray. It needs only torch, and starts from the same weights and minibatches.',
    save: 'Save depthscope_sweep.py',
    back: 'Bring back what was trained: its files of records, or Ray’s result.json. They may also be dropped anywhere on this view.',
    open: 'Open records…',
    export: (runs: number) =>
      runs === 0 ? 'Save records' : `Save ${plural(runs, { one: '# record', other: '# records' })}`,
    by: (engine: string, day: string) => `${engine}, ${day}`,
    taken: (file: string, runs: number, known: number) =>
      `${file}: ${plural(runs, { one: '# run', other: '# runs' })} taken${known > 0 ? `, ${number(known)} of them known already` : ''}.`,
    held: (name: string, all: number, drawn: number) =>
      `${name}: ${plural(all, { one: '# run', other: '# runs' })}, ${drawn === all ? 'drawn as open marks' : `${number(drawn)} of them of this sweep`}.`,
    remove: (name: string) => `Remove the runs of ${name}`,
    removeShort: 'Remove',
  },

  published: {
    title: 'The published numbers',
    theirs:
      'These are He et al.’s (2015), not computed here: residual networks on CIFAR-10, at full size and trained far longer. Only the shape of the picture can be compared, not the height.',
    columns: ['Depth', 'Test error', 'Parameters'] as const,
    error: (percent: number, remark: string) => `${percent.toFixed(2)}%${remark ? ` (${remark})` : ''}`,
    millions: (millions: number) => `${millions} M`,
    plain: 'For plain networks the paper prints no errors; it draws them in its Fig. 6, where deeper is worse.',
    source: 'arXiv 1512.03385, Table 6',
  },
};
