/**
 * The training worker's side of the conversation: takes commands, trains, and tells what happens. It
 * knows no DOM and no worker, so tests run it in Node.
 */
import { LiveRun } from './liveRun.ts';
import type { Command, LabListener } from './protocol.ts';
import { type ResourceOptions, Resources } from './resources.ts';

export class Session {
  readonly #resources: Resources;
  #run: LiveRun | null = null;

  constructor(
    options: ResourceOptions,
    readonly emit: LabListener,
  ) {
    this.#resources = new Resources(options);
  }

  do(command: Command): void {
    if (command.type !== 'load' && this.#run) this.#run.do(command);
    else if ('request' in command) {
      const after = this.#run?.abandon() ?? Promise.resolve();
      this.#run = new LiveRun({ request: command.request, resources: this.#resources, emit: this.emit, after });
    }
  }

  /** Reports what went wrong outside of any job, for instance an unhandled rejection in the worker. */
  fail(error: unknown): void {
    this.#run?.fail(error);
  }
}
