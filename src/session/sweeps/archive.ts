/** The finished cells that are kept, on behalf of a queue that goes on meanwhile: one request after the other. */

import type { Problem } from '../../experiment/problem.ts';
import type { Cell } from '../../experiment/sweep/cells.ts';
import { type Kept, keptProblem } from '../storage/kept.ts';
import type { EngineInfo } from '../worker/protocol.ts';
import { cellKey, type FinishedCell } from './finishedCell.ts';

export interface ArchiveOptions {
  readonly kept: Kept<FinishedCell>;
  /** The name of the data set, checksums included. */
  readonly data: string;
  /** Told what could not be kept or read, and null when everything is kept again. */
  readonly report: (problem: Problem | null) => void;
}

export class Archive {
  readonly #options: ArchiveOptions;
  #requests: Promise<void> = Promise.resolve();

  constructor(options: ArchiveOptions) {
    this.#options = options;
  }

  keep(result: FinishedCell): void {
    this.#request(async () => {
      await this.#options.kept.put(result);
      this.#options.report(null);
    });
  }

  /** @param found told of each cell that was finished earlier on this engine */
  find(cells: readonly Cell[], engine: EngineInfo, found: (cell: Cell, result: FinishedCell) => void): void {
    const { kept, data } = this.#options;
    this.#request(async () => {
      for (const cell of cells) {
        const result = await kept.get(cellKey(cell.experiment, engine, data));
        if (result) found(cell, result);
      }
    });
  }

  /** After a change by others: what the place had no room for may be there by now. */
  changed(): void {
    if (!this.#options.kept.refusal()) this.#options.report(null);
  }

  /** Resolves when every request so far has been answered, well or badly. */
  settled(): Promise<void> {
    return this.#requests;
  }

  #request(work: () => Promise<void>): void {
    this.#requests = this.#requests.then(work).catch((error: unknown) => this.#options.report(keptProblem(error)));
  }
}
