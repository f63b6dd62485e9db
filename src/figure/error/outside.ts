/** What an error chart marks of what is pointed at in other charts. */
import { stepOutside, usePointed } from '../../plot/pointed.ts';

/** What the other charts know it as. */
export const chartName = 'error';

/** The step that is pointed at, or null. */
export function useStepOutside(): number | null {
  return usePointed((all) => stepOutside(all, chartName));
}
