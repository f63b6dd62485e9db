import type { NetworkSpec } from '../../experiment/experiment.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { gradientTheory } from '../../network/theory.ts';
import type { LayerSeries } from './series.ts';

/**
 * The weight layers of a network, all of them as in its stack, and which of them the factor per layer is fitted to: the conv layers, as it is
 * defined; in a network that has none, all of them.
 */
export function layersToDraw(
  graph: NetworkGraph,
  network: NetworkSpec,
): Pick<LayerSeries, 'layerNames' | 'layers' | 'fitted' | 'theory'> {
  const layers = graph.layers.map(({ index }) => index);
  const convs = graph.layers.filter(({ kind }) => kind === 'conv').map(({ index }) => index);
  return {
    layerNames: graph.layers.map(({ name }) => name),
    layers,
    fitted: convs.length > 0 ? convs : layers,
    theory: gradientTheory(graph, network),
  };
}
