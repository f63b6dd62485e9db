/**
 * The lab: its state, and the commands that change it. A command sets the state at once where its
 * outcome is certain, and tells the worker; everything else arrives from there.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment, NetworkId } from '../../experiment/experiment.ts';
import { type Problem, problem } from '../../experiment/problem.ts';
import { resetReason } from '../../experiment/resets.ts';
import { LONG_RUN } from '../../experiment/schedule.ts';
import type { TrainedBase } from '../../network/graft.ts';
import type { Examination, ExaminationKind } from '../examination.ts';
import type { LabClient, RunRequest, Status } from '../worker/protocol.ts';
import { changesBy } from './events.ts';
import { type LabState, withNotice } from './state.ts';

export interface LabOptions {
  readonly experiment: Experiment;
  /** Shown from the start, for instance what was ignored in the link. */
  readonly problems: readonly Problem[];
  readonly engine: RunRequest['engine'];
  /** Long runs outlive the page. */
  readonly keepsRuns?: boolean;
}

export interface Commands {
  play(): void;
  pause(): void;
  /** Trains one step, then pauses. */
  step(): void;
  /** Back to the untrained networks. */
  reset(): void;
  /**
   * Applies an edited experiment, which must be within the limits. A run goes on where it can
   * (`experiment/resets.ts`); else it starts again, goes on playing if it was, and a notice says why.
   */
  setExperiment(experiment: Experiment): void;
  /** Puts another experiment in the place of this one, at step 0 and without a word: somebody asked for just that. */
  open(experiment: Experiment): void;
  /** From the next step on; the schedule goes on as if the rate had been this one from the start. */
  setLearningRate(rate: number): void;
  /**
   * Makes a base of a network as it is now, and loads an experiment whose networks are all this one with layers inserted.
   * Until another experiment is loaded, a reset goes back to the grafts as they were inserted.
   */
  graft(network: NetworkId, experiment: Experiment): void;
  /** A network with its parameters as they are now. Where the run is given up meanwhile, it is never told. */
  take(network: NetworkId): Promise<TrainedBase>;
  /** Loads an experiment of a network that has been trained elsewhere: it starts from these parameters, as after a graft. */
  plant(base: TrainedBase): void;
  /**
   * What it finds arrives in `reports` of the state. While it is under way, asking for it again changes nothing;
   * nor does asking for anything after a failure.
   */
  examine(network: NetworkId, what: Examination): void;
  /** Ends the examinations of one kind, of every network. What they have found so far stays. */
  stopExamining(kind: ExaminationKind): void;
  /** Shows the charts at a recorded step; null follows the newest. */
  view(step: number | null): void;
  dismiss(notice: number): void;
  notify(problem: Problem): void;
  /** After a failure. */
  retry(): void;
  /** Starts the run again on another engine. */
  useEngine(engine: RunRequest['engine']): void;
}

export interface Lab {
  readonly store: StoreApi<LabState>;
  readonly commands: Commands;
}

function initialState({ experiment, problems }: LabOptions): LabState {
  return {
    experiment,
    status: { kind: 'loading', bytes: 0, total: 0 },
    isPlaying: false,
    engine: null,
    speed: null,
    lastSpeed: null,
    dataSet: null,
    dataProgress: { bytes: 0, total: 0 },
    runs: {},
    finished: [],
    base: null,
    graft: null,
    reports: {},
    examining: [],
    viewStep: null,
    notices: problems.reduce<LabState['notices']>(withNotice, []),
  };
}

/** Whether there is anything that a reset would throw away. */
function hasTrained({ runs, isPlaying }: LabState): boolean {
  return isPlaying || Object.values(runs).some((run) => run.steps > 0);
}

function sameTraining(one: Experiment, other: Experiment): boolean {
  return one.training.lr === other.training.lr && one.training.steps === other.training.steps;
}

/** A graft is one of certain networks on images of one size; everything else about its training may change. */
function keepsBase(one: Experiment, other: Experiment): boolean {
  const graftOf = ({ networks, training }: Experiment) => JSON.stringify([networks, training.size]);
  return graftOf(one) === graftOf(other);
}

/** Creates a lab and loads its first experiment. */
export function createLab(client: LabClient, options: LabOptions): Lab {
  const store = createStore<LabState>(() => initialState(options));
  const { getState, setState } = store;
  let engine = options.engine;
  let run = 0;
  /** Wait for the base that the worker is asked for. */
  let takers: ((base: TrainedBase) => void)[] = [];

  client.listen((event) => {
    setState(changesBy(getState(), event, run));
    if (event.type === 'kept' && event.run === run) takers.shift()?.(event.base);
  });

  /** What is trained, as it is now. */
  function request(kept: RunRequest['kept'] = 'goesOn'): RunRequest {
    const { experiment, base } = getState();
    const isKept = options.keepsRuns && !base && experiment.training.steps >= LONG_RUN;
    return { run, experiment, engine, ...(base && { base }), ...(isKept && { kept }) };
  }

  /** Loads the experiment of the state from its first step. */
  function load(play: boolean, kept: RunRequest['kept'] = 'goesOn'): void {
    run++;
    takers = [];
    const { status } = getState();
    // Until the worker says otherwise: it can take commands, and loads what is missing first.
    const next: Status = status.kind === 'loading' ? status : { kind: play ? 'running' : 'ready' };
    const forgotten = { graft: null, reports: {}, examining: [] };
    setState({ runs: {}, viewStep: null, speed: null, status: next, isPlaying: play, ...forgotten });
    client.send({ type: 'load', request: request(kept) });
    if (play) client.send({ type: 'play' });
  }

  function become(kind: 'running' | 'paused', from: readonly Status['kind'][]): void {
    if (from.includes(getState().status.kind)) setState({ status: { kind }, speed: null });
  }

  function hold(): void {
    setState({ isPlaying: false });
    become('paused', ['running']);
  }

  /** From what a network has learned. */
  function begin(base: TrainedBase, experiment: Experiment): void {
    setState({ experiment, base });
    load(false);
  }

  function setExperiment(experiment: Experiment): void {
    const before = getState();
    const reason = resetReason(before.experiment, experiment);
    setState({ experiment });
    if (reason) {
      if (!keepsBase(before.experiment, experiment)) setState({ base: null });
      if (hasTrained(before)) commands.notify(reason);
      load(before.isPlaying);
    } else if (!sameTraining(before.experiment, experiment)) {
      const { lr, steps } = experiment.training;
      client.send({ type: 'adjust', changes: { lr, steps } });
    }
  }

  const commands: Commands = {
    play() {
      if (getState().status.kind === 'failed') return;
      setState({ isPlaying: true });
      become('running', ['ready', 'paused']);
      client.send({ type: 'play' });
    },
    pause() {
      hold();
      client.send({ type: 'pause' });
    },
    step() {
      setState({ isPlaying: false });
      client.send({ type: 'step' });
    },
    reset: () => load(false, 'afresh'),
    setExperiment,
    open(experiment) {
      setState({ experiment, base: null });
      load(false);
    },
    setLearningRate(lr) {
      const { experiment } = getState();
      setExperiment({ ...experiment, training: { ...experiment.training, lr } });
    },
    graft(network, experiment) {
      commands.take(network).then((base) => begin(base, experiment));
    },
    take(network) {
      return new Promise((resolve) => {
        takers.push(resolve);
        client.send({ type: 'keep', network });
      });
    },
    plant(base) {
      begin(base, { ...getState().experiment, networks: [base.spec] });
    },
    examine(network, what) {
      const { examining, status } = getState();
      if (status.kind === 'failed') return;
      if (examining.some((each) => each.network === network && each.kind === what.kind)) return;
      if (what.pausesTraining) hold();
      setState({ examining: [...examining, { network, kind: what.kind }] });
      client.send({ type: 'examine', network, what });
    },
    stopExamining: (kind) => client.send({ type: 'stopExamining', kind }),
    view: (viewStep) => setState({ viewStep }),
    dismiss: (id) => setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) })),
    notify: (what) => setState(({ notices }) => ({ notices: withNotice(notices, what) })),
    retry: () => client.send({ type: 'retry', request: request() }),
    useEngine(wanted) {
      engine = wanted;
      if (hasTrained(getState())) commands.notify(problem('store.engineResets'));
      load(getState().isPlaying);
    },
  };

  load(false);
  return { store, commands };
}
