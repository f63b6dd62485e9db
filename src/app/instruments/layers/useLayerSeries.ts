import { useMemo } from 'react';
import type { LayerSeries } from '../../../charts/layers/series.ts';
import { buildGraph } from '../../../network/build.ts';
import { gradientTheory } from '../../../network/gradientTheory.ts';
import { networkIds } from '../../../spec/experiment.ts';
import { useLab } from '../../lab.ts';
import { networkNames } from '../../networkNames.ts';
import { newestStep } from '../../selectors.ts';
import { measuredAt, stepShown } from '../../stack/values.ts';

/** What was measured of the conv layers of every network, at the step on view. */
export function useLayerSeries(quantity: 'signalGradient' | 'responseStd'): readonly LayerSeries[] {
  const experiment = useLab((state) => state.experiment);
  const runs = useLab((state) => state.runs);
  const viewStep = useLab((state) => state.viewStep);
  const built = useMemo(() => {
    const names = networkNames(experiment.networks);
    return experiment.networks.map((network, index) => {
      const graph = buildGraph(network, experiment.training.size);
      return { id: networkIds[index] ?? 'a', name: names[index] ?? '', graph, theory: gradientTheory(graph, network) };
    });
  }, [experiment.networks, experiment.training.size]);
  return useMemo(
    () =>
      built.map(({ id, name, graph, theory }) => {
        const convs = graph.layers.filter(({ kind }) => kind === 'conv');
        const measured = measuredAt(runs[id], stepShown(runs[id], viewStep), graph.layers.length);
        return {
          id,
          name,
          values: measured ? convs.map(({ index }) => measured[quantity][index] ?? Number.NaN) : [],
          layerNames: convs.map((layer) => layer.name),
          theory: quantity === 'signalGradient' ? theory : null,
        };
      }),
    [built, runs, viewStep, quantity],
  );
}

/** The step on view. */
export function useStepShown(): number {
  const newest = useLab(newestStep);
  return useLab((state) => state.viewStep) ?? newest;
}
