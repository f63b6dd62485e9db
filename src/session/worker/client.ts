/** The page's side of the training worker. */
import { answerWithin } from '../../experiment/answerWithin.ts';
import type { DataRef } from '../../experiment/dataRef.ts';
import { type Problem, problem, reasonOf } from '../../experiment/problem.ts';
import { sharedPageWork } from '../../ui/pageWork.ts';
import type { Command, Connection, LabClient, LabEvent, LabListener } from './protocol.ts';

/** Milliseconds for the worker's script to arrive and run: a small part of what the page has taken itself. */
const PATIENCE_MS = 20_000;

/**
 * Starts the worker and passes commands and events on. A worker that crashes, or that cannot be
 * loaded, is reported as a failed status; a retry then starts another one.
 */
export class WorkerClient implements LabClient {
  private readonly listeners = new Set<LabListener>();
  private worker: Worker | null = null;
  /** Of the experiment that was loaded last. */
  private run = 0;

  /**
   * @param openWorker starts a training worker
   * @param dataUrl absolute URL of the folder of the embedded images, with a slash at its end
   */
  constructor(
    readonly openWorker: () => Worker,
    readonly dataUrl = pageDataUrl(),
  ) {}

  listen(listener: LabListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  send(command: Command): void {
    if ('request' in command) {
      this.run = command.request.run;
      this.connect();
    }
    // Before the first experiment, and after a crash, there is nobody who could follow a command.
    this.worker?.postMessage('request' in command ? withImages(command) : command);
  }

  private connect(): void {
    if (this.worker) return;
    let worker: Worker;
    try {
      worker = this.openWorker();
    } catch (error) {
      // For instance where Trusted Types forbid it, or a frame's sandbox.
      this.fail(problem('worker.notStarted', { reason: reasonOf(error) }));
      return;
    }
    this.worker = worker;
    worker.addEventListener('error', (event) => this.crash(event.message));
    worker.addEventListener('messageerror', () => this.crash('messageerror'));
    worker.addEventListener('message', ({ data }: MessageEvent<LabEvent>) => {
      // What a worker that was given up still says is not about the present.
      if (this.worker === worker) this.tell(data);
    });
    // It tells at once that it loads what it was asked for; before that, its script and its imports have not run.
    const speaks = () => new Promise((resolve) => worker.addEventListener('message', resolve, { once: true }));
    answerWithin(PATIENCE_MS, 'it', speaks).catch((error: unknown) => {
      if (this.worker === worker) this.fail(problem('worker.notStarted', { reason: reasonOf(error) }));
    });
    const connection: Connection = { type: 'connect', dataUrl: this.dataUrl, pageWork: sharedPageWork() };
    worker.postMessage(connection);
  }

  private crash(reason: string | undefined): void {
    this.fail(problem('worker.crashed', { reason: reason ?? '' }));
  }

  /** Gives up the worker, and says why. */
  private fail(reason: Problem): void {
    this.worker?.terminate();
    this.worker = null;
    this.tell({ type: 'status', run: this.run, status: { kind: 'failed', problem: reason } });
  }

  private tell(event: LabEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

/** Data sets that were brought on this visit, by their names. */
const brought = new Map<string, Blob>();

/** A data set that was brought on this visit, or is kept from an earlier one; null where it is neither. */
export async function broughtImages({ id }: DataRef): Promise<Blob | null> {
  return brought.get(id) ?? (await (await import('../../data/keptSets.ts')).keptSets().find(id));
}

/** From now on every worker is handed a data set with the experiments that use it. */
export function bring(id: string, images: Blob): void {
  brought.set(id, images);
}

function withImages<C extends Extract<Command, { request: unknown }>>(command: C): C {
  const images = brought.get(command.request.experiment.training.data?.id ?? '');
  return images ? { ...command, request: { ...command.request, images } } : command;
}

/** The folder of the embedded images: `data`, beside the page. */
export function pageDataUrl(): string {
  return new URL(`${import.meta.env.BASE_URL}data/`, document.baseURI).href;
}
