/** The page's side of the training worker. */
import { proxy, type Remote, wrap } from 'comlink';
import { answerWithin } from '../../experiment/answerWithin.ts';
import type { NetworkId } from '../../experiment/experiment.ts';
import { type Problem, problem, reasonOf } from '../../experiment/problem.ts';
import type { Examination, ExaminationKind } from '../examination.ts';
import type { Adjustment, LabClient, LabEvent, LabListener, RunRequest, WorkerService } from './protocol.ts';

/** Milliseconds for the worker's script to arrive and run: a small part of what the page has taken itself. */
const PATIENCE_MS = 20_000;

/**
 * Starts the worker and passes commands and events on. A worker that crashes, or that cannot be
 * loaded, is reported as a failed status; a retry then starts another one.
 */
export class WorkerClient implements LabClient {
  readonly #listeners = new Set<LabListener>();
  #worker: Worker | null = null;
  #remote: Remote<WorkerService> | null = null;
  #request: RunRequest | null = null;

  /**
   * @param openWorker starts a training worker
   * @param dataUrl absolute URL of the folder of the embedded images, with a slash at its end
   */
  constructor(
    readonly openWorker: () => Worker,
    readonly dataUrl = pageDataUrl(),
  ) {}

  listen(listener: LabListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  load(request: RunRequest): void {
    this.#request = request;
    this.#connect();
    this.#call((remote) => remote.load(request));
  }

  play(): void {
    this.#call((remote) => remote.play());
  }

  pause(): void {
    this.#call((remote) => remote.pause());
  }

  step(): void {
    this.#call((remote) => remote.step());
  }

  adjust(changes: Adjustment): void {
    if (this.#request) {
      const { experiment } = this.#request;
      const training = { ...experiment.training, ...changes };
      this.#request = { ...this.#request, experiment: { ...experiment, training } };
    }
    this.#call((remote) => remote.adjust(changes));
  }

  keep(network: NetworkId): void {
    this.#call((remote) => remote.keep(network));
  }

  examine(network: NetworkId, what: Examination): void {
    this.#call((remote) => remote.examine(network, what));
  }

  stopExamining(kind: ExaminationKind): void {
    this.#call((remote) => remote.stopExamining(kind));
  }

  retry(): void {
    if (this.#worker) this.#call((remote) => remote.retry());
    else if (this.#request) this.load(this.#request);
  }

  /** Before the first experiment, and after a crash, there is nobody who could follow a command. */
  #call(command: (remote: Remote<WorkerService>) => Promise<void>): void {
    if (this.#remote) command(this.#remote).catch((error: unknown) => this.#crash(String(error)));
  }

  #connect(): void {
    if (this.#remote) return;
    let worker: Worker;
    try {
      worker = this.openWorker();
    } catch (error) {
      // For instance where Trusted Types forbid it, or a frame's sandbox.
      this.#fail(problem('worker.notStarted', { reason: reasonOf(error) }));
      return;
    }
    worker.addEventListener('error', (event) => this.#crash(event.message));
    worker.addEventListener('messageerror', () => this.#crash('messageerror'));
    const remote = wrap<WorkerService>(worker);
    const listener = (event: LabEvent) => {
      // What a worker that was given up still says is not about the present.
      if (this.#worker === worker) this.#tell(event);
    };
    this.#worker = worker;
    this.#remote = remote;
    // Before this has been answered the worker's script and its imports have not run.
    answerWithin(PATIENCE_MS, 'it', () => remote.connect(proxy(listener), this.dataUrl)).catch((error: unknown) => {
      if (this.#worker === worker) this.#fail(problem('worker.notStarted', { reason: reasonOf(error) }));
    });
  }

  #crash(reason: string | undefined): void {
    this.#fail(problem('worker.crashed', { reason: reason ?? '' }));
  }

  /** Gives up the worker, and says why. */
  #fail(reason: Problem): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#remote = null;
    this.#tell({ type: 'status', run: this.#request?.run ?? 0, status: { kind: 'failed', problem: reason } });
  }

  #tell(event: LabEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** The folder of the embedded images: `data`, beside the page. */
export function pageDataUrl(): string {
  return new URL(`${import.meta.env.BASE_URL}data/`, document.baseURI).href;
}
