/**
 * Keeps the finished runs of the lab. Networks that train side by side do not influence each other, so each is kept as
 * a run of its own, and a sweep that needs it finds it.
 */

import { type Problem, ProblemError, problem } from '../experiment/problem.ts';
import { type Kept, keptProblem } from '../session/storage/kept.ts';
import { watchRefusals } from '../session/storage/remembered.ts';
import type { Lab } from '../session/store/lab.ts';
import type { LabState } from '../session/store/state.ts';
import { type FinishedCell, finishedCells } from '../session/sweeps/finishedCell.ts';

/**
 * Keeps cells, each under the name that an earlier one like it has.
 *
 * @returns why one of them lasts only as long as the page, or null; the others are kept nevertheless
 */
export async function keepCells(cells: readonly FinishedCell[], kept: Kept<FinishedCell>): Promise<Problem | null> {
  const refusals: Problem[] = [];
  for (const cell of cells) {
    // Where names cannot be read, `put` says so.
    const before = await kept.get(cell.key).catch(() => null);
    const named = before?.name === undefined ? cell : { ...cell, name: before.name };
    await kept.put(named).catch((error: unknown) => refusals.push(keptProblem(error)));
  }
  return refusals[0] ?? null;
}

/** Keeps every run that finishes in the lab, and says so where it cannot, or where the browser keeps nothing. */
export function keepRuns({ store, commands }: Lab, dataUrl: string): void {
  const said = new Set<string>();
  const sayOnce = (what: Problem) => {
    if (said.has(what.code)) return;
    said.add(what.code);
    commands.notify(what);
  };
  const open = async () => {
    const records = await (await import('../session/storage/records.ts')).openRecords(dataUrl);
    if (!records.ok) throw new ProblemError(records.problem);
    return records.value;
  };
  // A browser that withholds one kind of storage mostly withholds the other: one sentence says both.
  watchRefusals(() => {
    const choices = problem('kept.choices');
    open().then(
      ({ problem: withheld }) => sayOnce(withheld?.code === 'kept.memory' ? withheld : choices),
      () => sayOnce(choices),
    );
  });
  async function keep(state: LabState): Promise<void> {
    const { cells, data, problem: withheld } = await open();
    if (withheld) sayOnce(withheld);
    const refused = await keepCells(finishedCells(state, data), cells);
    if (refused) commands.notify(refused);
  }
  /** Whether two engines share the run, as after a device was lost: then it is the run of neither. */
  let isMixed = false;
  const keepOrSay = (state: LabState) => keep(state).catch((error: unknown) => commands.notify(keptProblem(error)));
  store.subscribe((state, before) => {
    const isBegun = Object.values(state.runs).some(({ steps }) => steps > 0);
    isMixed = isBegun && (isMixed || (before.engine !== null && state.engine !== before.engine));
    if (isMixed || state.status.kind !== 'finished' || before.status.kind === 'finished') return;
    void keepOrSay(state);
  });
  // A short run may be over before this part of the page has arrived.
  if (store.getState().status.kind === 'finished') void keepOrSay(store.getState());
}
