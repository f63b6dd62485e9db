/** What components ask of the lab's state. Each returns the same object until what it reads has changed. */
import type { LabState } from './store/state.ts';

/** Whether there is something true on the screen: the gradients of untrained networks, or a step; or nothing will come. */
export function hasShown({ runs, status }: Pick<LabState, 'runs' | 'status'>): boolean {
  return (
    status.kind === 'failed' || Object.values(runs).some(({ untrained, steps }) => untrained !== null || steps > 0)
  );
}

/** The newest step that any network has recorded; 0 before the first. */
export function newestStep(state: Pick<LabState, 'runs'>): number {
  return Math.max(0, ...Object.values(state.runs).map((run) => run.steps));
}
