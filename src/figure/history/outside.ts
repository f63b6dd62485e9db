/** What a history marks of what is pointed at in other charts. */

import type { ChartNetwork } from '../../plot/looks.ts';
import { layerOutside, stepOutside, usePointed } from '../../plot/pointed.ts';
import type { Quantity } from '../../records/records.ts';
import { type Cell, cellAt } from './reading.ts';

/** What the other charts know it as. */
export const chartName = 'history';

/** The layer of the network that is pointed at, if it has been recorded; or null. */
export function useLayerOutside({ id, run }: ChartNetwork): number | null {
  const layer = usePointed((all) => layerOutside(all, chartName, id));
  return layer !== null && run && layer < run.layerNames.length && run.steps > 0 ? layer : null;
}

/** The step that is pointed at, if it has been recorded; or null. */
export function useStepOutside({ id, run }: ChartNetwork): number | null {
  const step = usePointed((all) => stepOutside(all, chartName, id));
  return step !== null && run && step >= 1 && step <= run.steps ? step : null;
}

/** The cell that is pointed at; what is not said of it is as at the chart's own cursor. Null for none. */
export function useCellOutside(network: ChartNetwork, quantity: Quantity, own: Cell | null): Cell | null {
  const layer = useLayerOutside(network);
  const step = useStepOutside(network);
  if (!network.run || !own || (layer === null && step === null)) return null;
  return cellAt(network.run, quantity, step ?? own.step, layer ?? own.layer);
}
