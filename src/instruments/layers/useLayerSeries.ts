import { useMemo } from 'react';
import { networkIds } from '../../experiment/experiment.ts';
import { measuredAt, stepShown, stepsShown } from '../../figure/stack/values.ts';
import { text } from '../../messages/messages.ts';
import { graphOf } from '../../network/build.ts';
import type { Run } from '../../records/run.ts';
import { useImageFormat, useLab } from '../../session/hooks.ts';
import { newestStep } from '../../session/selectors.ts';
import { type LayerSeries, layersToDraw } from './series.ts';

const none: readonly number[] = [];

/** What does not depend on the step. */
function useLayers() {
  const networks = useLab(({ experiment }) => experiment.networks);
  const input = useLab(({ experiment }) => experiment.training.input);
  const format = useImageFormat();
  return useMemo(() => {
    const names = text.names.networks(networks, format.size);
    return networks.map((network, index) => ({
      id: networkIds[index] ?? 'a',
      name: names[index] ?? '',
      ...layersToDraw(graphOf(network, format), network, input),
    }));
  }, [networks, format, input]);
}

function isFirstStep(run: Run | undefined, step: number): boolean {
  return stepsShown(run, step).every((each) => each === 1);
}

/** What was measured of the weight layers of every network, at the step on view and at pinned steps. */
export function useLayerSeries(
  quantity: 'signalGradient' | 'responseStd',
  pins: readonly number[] = none,
): readonly LayerSeries[] {
  const runs = useLab((state) => state.runs);
  const viewStep = useLab((state) => state.viewStep);
  const isFromScratch = useLab(({ base }) => base === null);
  const networks = useLayers();
  return useMemo(() => {
    const seriesAt = (pinned: number | null, pin: number | null) =>
      networks.map((network): LayerSeries => {
        const run = runs[network.id];
        const step = pinned ?? stepShown(run, viewStep);
        // What a run has not come to yet, or will never come to, has no values.
        const measured = step > (run?.steps ?? 0) ? null : measuredAt(run, step, network.layers.length);
        const values = measured ? Array.from(measured[quantity]) : [];
        // Theory speaks of initial weights: those that the first step measures, where nothing was trained before.
        const isInitial = isFromScratch && quantity === 'signalGradient' && isFirstStep(run, step);
        const theory = isInitial ? network.theory : null;
        return { ...network, step, pin, values, theory };
      });
    return [...seriesAt(null, null), ...pins.flatMap((step, pin) => seriesAt(step, pin))];
  }, [networks, runs, viewStep, quantity, pins, isFromScratch]);
}

/** The step on view. */
export function useStepShown(): number {
  const newest = useLab(newestStep);
  return useLab((state) => state.viewStep) ?? newest;
}
