import type { NetworkId } from '../../experiment/experiment.ts';
import { layerOutside, usePointed } from '../../plot/pointed.ts';

/** What the other charts know a network's stack as. */
export function chartName(id: NetworkId): string {
  return `stack ${id}`;
}

interface OutsideRowProps {
  readonly id: NetworkId;
  /** The row of each weight layer. */
  readonly rowOf: readonly number[];
  readonly width: number;
  readonly rowHeight: number;
}

/** The row of the layer that is pointed at in another chart. */
export function OutsideRow({ id, rowOf, width, rowHeight }: OutsideRowProps) {
  const layer = usePointed((all) => layerOutside(all, chartName(id), id));
  const row = layer === null ? undefined : rowOf[layer];
  return row === undefined ? null : (
    <rect className="stack-outside" width={width} y={row * rowHeight} height={rowHeight} />
  );
}
