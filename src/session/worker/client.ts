/** The page's side of the training worker. */
import { proxy, type Remote, wrap } from 'comlink';
import type { NetworkId } from '../../experiment/experiment.ts';
import { problem } from '../../experiment/problem.ts';
import type { Examination, ExaminationKind } from '../../instruments/kinds.ts';
import { openWorker } from './openWorker.ts';
import type { Adjustment, LabClient, LabEvent, LabListener, RunRequest } from './protocol.ts';
import type { WorkerService } from './worker.ts';

/**
 * Starts the worker and passes commands and events on. A worker that crashes, or that cannot be
 * loaded, is reported as a failed status; a retry then starts another one.
 */
export class WorkerClient implements LabClient {
  readonly #listeners = new Set<LabListener>();
  #worker: Worker | null = null;
  #remote: Remote<WorkerService> | null = null;
  #request: RunRequest | null = null;

  /** @param dataUrl absolute URL of the folder of the embedded images, with a slash at its end */
  constructor(readonly dataUrl: string) {}

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
    const worker = openWorker();
    worker.addEventListener('error', (event) => this.#crash(event.message));
    worker.addEventListener('messageerror', () => this.#crash('messageerror'));
    const remote = wrap<WorkerService>(worker);
    const listener = (event: LabEvent) => {
      // What a worker that was given up still says is not about the present.
      if (this.#worker === worker) this.#tell(event);
    };
    remote.connect(proxy(listener), this.dataUrl).catch((error: unknown) => this.#crash(String(error)));
    this.#worker = worker;
    this.#remote = remote;
  }

  #crash(reason: string | undefined): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#remote = null;
    const run = this.#request?.run ?? 0;
    const status = { kind: 'failed', problem: problem('worker.crashed', { reason: reason ?? '' }) } as const;
    this.#tell({ type: 'status', run, status });
  }

  #tell(event: LabEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** The folder of the embedded images: `data`, beside the page. */
export function pageDataUrl(): string {
  return new URL(`${import.meta.env.BASE_URL}data/`, document.baseURI).href;
}

/** A client for this page. */
export function connectWorker(): WorkerClient {
  return new WorkerClient(pageDataUrl());
}
