/**
 * The queue of a sweep: one cell after the other, or, where the engine takes the steps of several networks together, all seeds of one, goes through the same worker, session and training as a run of the
 * lab does, so a cell's values are those of a single run. What is finished is kept under a key of its content, and what
 * is found there is not trained again; so a sweep goes on after a reload where it was, but for the cell in progress.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Experiment, networkIds } from '../../experiment/experiment.ts';
import { experimentText } from '../../experiment/experimentText.ts';
import { type Problem, problem } from '../../experiment/problem.ts';
import { serial } from '../../experiment/serial.ts';
import { type Cell, sweepCells } from '../../experiment/sweep/cells.ts';
import { defaultSweep, type Sweep } from '../../experiment/sweep/sweep.ts';
import { type Kept, keptProblem } from '../storage/kept.ts';
import { unpackRecords } from '../worker/batch.ts';
import type { Command, EngineInfo, LabClient, LabEvent, RunRequest, Status } from '../worker/protocol.ts';
import { EngineChoice, engineName, sameEngine } from './engineChoice.ts';
import { cellKey, cellOf, type FinishedCell, runOfCell } from './finishedCell.ts';
import { type Done, doneIn, nothingDone, Pace, RunningCells, total, workOf } from './progress.ts';
import { type CellState, cellId, initialSweep, type SweepState, type SweepStatus, sameCell, stateOf } from './state.ts';

export interface SweepOptions {
  readonly client: LabClient;
  /** The finished cells. */
  readonly kept: Kept<FinishedCell>;
  /** The name of the data set, checksums included. */
  readonly data: string;
  readonly engine: RunRequest['engine'];
  /** A clock in milliseconds. */
  readonly now?: () => number;
}

/** Enough to tell the pace of an engine by. */
const LATEST_CELLS = 8;

/** Whether two cells are the same but for their seeds. */
function differInSeed(one: Cell, { experiment: { networks, training } }: Cell): boolean {
  const { seed } = one.experiment.training;
  return experimentText(one.experiment) === experimentText({ networks, training: { ...training, seed } });
}

export class SweepQueue {
  readonly store: StoreApi<SweepState>;
  private readonly options: SweepOptions;
  /** Requests of what is kept, one after the other. */
  private readonly requests = serial();
  private readonly engine: EngineChoice;
  private pace = new Pace();
  private run = 0;
  private current: RunningCells | null = null;
  /** Cells to train together, at most: one, once several have found no room. */
  private most: number = networkIds.length;
  private isPlaying = false;

  /** @param base the experiment to vary, until another is shown */
  constructor(base: Experiment, options: SweepOptions) {
    this.options = options;
    this.engine = new EngineChoice(options.engine);
    this.store = createStore<SweepState>(() => initialSweep(base, defaultSweep(base)));
    options.client.listen((event) => this.follow(event));
  }

  /**
   * Shows another sweep, or the same one with other values or seeds. What both have in common stays, the cell
   * in progress included; what was finished earlier is found again.
   */
  show(base: Experiment, sweep: Sweep): void {
    const made = sweepCells(base, sweep);
    const cells = made.ok ? made.value : [];
    const ids = new Set(cells.map(cellId));
    const states = new Map([...this.now.states].filter(([id]) => ids.has(id)));
    const isNew = !this.now.cells.some((cell) => ids.has(cellId(cell)));
    if (isNew) this.forgetEngine();
    this.set({ base, sweep, cells, states, problem: made.ok ? null : made.problem });
    for (const cell of this.current?.cells ?? []) if (!ids.has(cellId(cell))) this.leave(cell);
    // Nobody has asked for anything of it yet.
    if (isNew && !this.isPlaying) this.become({ kind: 'idle' });
    this.reopen();
  }

  /** Trains what is waiting, or goes on after a pause. */
  play(): void {
    if (this.isPlaying || this.now.cells.length === 0 || this.now.status.kind === 'failed') return;
    this.isPlaying = true;
    if (this.current) {
      this.become({ kind: 'running' });
      this.current.timer.start();
      this.send({ type: 'play' });
      return;
    }
    this.become({ kind: 'loading' });
    // What was finished earlier is not begun again.
    void this.requests(() => this.isPlaying && !this.current && this.next());
  }

  /** Stops between two steps. */
  pause(): void {
    if (!this.isPlaying) return;
    this.isPlaying = false;
    this.current?.timer.stop();
    this.send({ type: 'pause' });
    this.become({ kind: 'paused' });
  }

  /** Leaves a cell out, and gives up what it has trained so far. */
  cancel(cell: Cell): void {
    this.mark(cell, { kind: 'cancelled' });
    this.leave(cell);
    this.estimate();
  }

  /** Puts a cell that was left out back in its place. */
  restore(cell: Cell): void {
    if (stateOf(this.now, cell).kind !== 'cancelled') return;
    this.mark(cell, { kind: 'waiting' });
    this.reopen();
  }

  /** After a failure. */
  retry(): void {
    if (this.now.status.kind !== 'failed') return;
    this.isPlaying = true;
    this.become({ kind: 'loading' });
    if (this.current) {
      this.send({ type: 'retry', request: this.requestOf(this.current.cells) });
      this.send({ type: 'play' });
    } else this.next();
  }

  /** Shows what was finished earlier on this engine, also before any cell is trained. */
  use(engine: EngineInfo): void {
    if (sameEngine(engine, this.now.engine)) return;
    // What another engine computed is not what this one would.
    const states = [...this.now.states].filter(([, { kind }]) => kind !== 'done');
    this.pace = new Pace();
    this.set({ engine, states: new Map(states) });
    this.find();
    this.recall(engine);
  }

  /** Takes what others have trained on this engine for the pace of cells, until one has been trained. */
  suppose(others: Done): void {
    this.pace.suppose(others);
    if (!this.isPlaying) this.estimate();
  }

  /** Follows a change of what is kept that others have made: what the place had no room for may be there by now. */
  keptChanged(): void {
    if (!this.options.kept.refusal()) this.set({ notKept: null });
  }

  private get now(): SweepState {
    return this.store.getState();
  }

  private set(changes: Partial<SweepState>): void {
    this.store.setState(changes);
  }

  private become(status: SweepStatus): void {
    this.set({ status });
  }

  private mark(cell: Cell, state: CellState): void {
    this.set({ states: new Map(this.now.states).set(cellId(cell), state) });
  }

  /** Gives a cell up, should it be in progress. */
  private leave(cell: Cell): void {
    const { current } = this;
    const found = current?.wanted.find((each) => sameCell(each.cell, cell));
    if (current && found && !current.leave(found.cell)) this.drop();
  }

  /** After a change of the cells: what has ended may have something to do again, and some of it may be known. */
  private reopen(): void {
    const { cells, status } = this.now;
    if (status.kind === 'finished') this.become({ kind: 'paused' });
    if (cells.length === 0 && !this.isPlaying) this.become({ kind: 'idle' });
    this.find();
    this.estimate();
  }

  /** Loads the next cell that is waiting, with others where they can be trained together, or ends. */
  private next(): void {
    const waiting = this.now.cells.filter((each) => stateOf(this.now, each).kind === 'waiting');
    const [cell] = waiting;
    this.run++;
    if (!cell) {
      this.end();
      return;
    }
    const others = waiting.slice(1).filter((other) => differInSeed(cell, other));
    const current = new RunningCells(
      [cell, ...others.slice(0, this.mostWith(cell) - 1)],
      this.options.now ?? (() => performance.now()),
    );
    this.current = current;
    this.tell(current);
    this.send({ type: 'load', request: this.requestOf(current.cells) });
    this.send({ type: 'play' });
  }

  /** Seeds to train at a time. What images are labelled as may follow from the seed: then each has its own. */
  private mostWith({ experiment }: Cell): number {
    return experiment.training.labelnoise === 0 ? Math.min(this.most, this.now.engine?.seeds ?? 1) : 1;
  }

  /** Shows how far the cells in progress are. */
  private tell(current: RunningCells): void {
    for (const each of current.wanted) this.mark(each.cell, { kind: 'running', run: each.run(this.now.engine) });
  }

  private send(command: Command): void {
    this.options.client.send(command);
  }

  private requestOf(cells: readonly [Cell, ...Cell[]]): RunRequest {
    const [{ experiment }] = cells;
    const request = { run: this.run, experiment, engine: this.engine.request };
    if (cells.length === 1) return request;
    const networks = cells.flatMap((cell) => cell.experiment.networks);
    return { ...request, experiment: { ...experiment, networks }, seeds: cells.map(({ seed }) => seed) };
  }

  private end(): void {
    this.current = null;
    this.isPlaying = false;
    // A cell that was left out last may be under way still.
    this.send({ type: 'pause' });
    this.estimate();
    // Finished is what has been kept, too.
    void this.requests(() => !this.isPlaying && this.become({ kind: this.rest }));
  }

  /** Where a sweep stands that nobody trains. */
  private get rest(): 'idle' | 'paused' | 'finished' {
    const { cells } = this.now;
    if (cells.length === 0) return 'idle';
    return cells.some((cell) => stateOf(this.now, cell).kind === 'waiting') ? 'paused' : 'finished';
  }

  /** Gives up the cells in progress. */
  private drop(): void {
    this.current = null;
    if (this.isPlaying) {
      this.next();
      return;
    }
    this.run++;
    this.send({ type: 'pause' });
    if (this.now.status.kind === 'failed') this.become({ kind: 'paused' });
  }

  private follow(event: LabEvent): void {
    if (event.type === 'engine') this.started(event.engine);
    if (!('run' in event) || event.run !== this.run || !this.current) return;
    if (event.type === 'records') {
      this.current.add(unpackRecords(event.batch), event.speed);
      this.tell(this.current);
      this.estimate();
    }
    if (event.type === 'status') this.became(this.current, event.status);
  }

  /** When an engine has given way to another, that one trains all that there is to train: the cell in progress, too. */
  private started(engine: EngineInfo): void {
    const before = this.engine.started(engine);
    this.use(engine);
    if (!before) return;
    this.set({ gaveWay: problem('sweep.gaveWay', { from: engineName(before), to: engineName(engine) }) });
    this.putBack();
  }

  /** Gives up the cells in progress, which are to be trained later. */
  private putBack(): void {
    if (!this.current) return;
    for (const { cell } of this.current.wanted) this.mark(cell, { kind: 'waiting' });
    this.drop();
  }

  /** What gave way in one sweep may train all of another. */
  private forgetEngine(): void {
    this.engine.reset();
    this.most = networkIds.length;
    this.set({ gaveWay: null });
  }

  private became(current: RunningCells, status: Status): void {
    if (status.kind === 'finished') this.conclude(current);
    if (status.kind === 'failed') this.fail(current, status.problem);
    if (!this.isPlaying) return;
    if (status.kind === 'running') current.timer.start();
    if (status.kind === 'running' || status.kind === 'loading') this.become({ kind: status.kind });
  }

  private conclude(current: RunningCells): void {
    const { engine } = this.now;
    if (!engine) return;
    current.timer.stop();
    this.pace.add(current.done);
    for (const each of current.wanted) {
      const result = cellOf(each.run(engine), engine, this.options.data, current.secondsOfEach);
      this.mark(each.cell, { kind: 'done', result, isFound: false });
      this.request(async (kept) => {
        await kept.put(result);
        this.set({ notKept: null });
      });
    }
    this.current = null;
    if (this.isPlaying) this.next();
    else this.end();
  }

  private fail(current: RunningCells, reason: Problem): void {
    current.timer.stop();
    if (reason.code.startsWith('spec.') && current.cells.length > 1) {
      // Too large together, and perhaps not one by one.
      this.most = 1;
      this.putBack();
    } else if (reason.code.startsWith('spec.')) {
      // Of this cell alone, for instance its need of memory: the others go on.
      this.mark(current.cells[0], { kind: 'refused', problem: reason });
      this.drop();
    } else {
      this.isPlaying = false;
      this.become({ kind: 'failed', problem: reason });
    }
  }

  /** Asks something of what is kept, and goes on meanwhile. */
  private request(work: (kept: Kept<FinishedCell>) => Promise<void>): void {
    this.requests(() => work(this.options.kept)).catch((error: unknown) => this.set({ notKept: keptProblem(error) }));
  }

  /** Looks for finished cells among what is kept. */
  private find(): void {
    const { engine, cells } = this.now;
    if (!engine) return;
    const open = cells.filter((cell) => !['done', 'cancelled'].includes(stateOf(this.now, cell).kind));
    this.request(async (kept) => {
      for (const cell of open) {
        const result = await kept.get(cellKey(cell.experiment, engine, this.options.data));
        if (result) this.found(cell, result, engine);
      }
    });
  }

  /** The pace of the latest cells that are kept of an engine. */
  private recall(engine: EngineInfo): void {
    this.request(async (kept) => {
      const timed = (await kept.all()).flatMap((cell) =>
        cell.seconds !== null && sameEngine(cell.engine, engine) ? [{ cell, seconds: cell.seconds }] : [],
      );
      const latest = timed
        .sort((one, other) => one.cell.finishedAt.localeCompare(other.cell.finishedAt))
        .slice(-LATEST_CELLS);
      if (latest.length === 0 || !sameEngine(engine, this.now.engine)) return;
      this.suppose(doneIn(latest.map(({ cell, seconds }) => ({ experiment: runOfCell(cell).experiment, seconds }))));
    });
  }

  private found(cell: Cell, result: FinishedCell, engine: EngineInfo): void {
    // Meanwhile another engine may have started, or another sweep be shown.
    if (engine !== this.now.engine || !this.now.cells.some((each) => sameCell(each, cell))) return;
    this.mark(cell, { kind: 'done', result, isFound: true });
    this.leave(cell);
    this.estimate();
  }

  private estimate(): void {
    const open = this.now.cells.filter((cell) => ['waiting', 'running'].includes(stateOf(this.now, cell).kind));
    const work = total(open.map(workOf));
    this.set({ remainingMs: this.pace.estimate(work, this.current?.done ?? nothingDone) });
  }
}
