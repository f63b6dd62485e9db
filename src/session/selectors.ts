/** What components ask of the lab's state. Each returns the same object until what it reads has changed. */
import type { LabState } from './store/state.ts';

/** The newest step that any network has recorded; 0 before the first. */
export function newestStep(state: Pick<LabState, 'runs'>): number {
  return Math.max(0, ...Object.values(state.runs).map((run) => run.steps));
}
