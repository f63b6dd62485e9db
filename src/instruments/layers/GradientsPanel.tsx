import { type CSSProperties, useRef } from 'react';
import { createStore } from 'zustand/vanilla';
import { useQuantityAxis } from '../../figure/useQuantityAxis.ts';
import { laterText } from '../../messages/laterText.ts';
import { Button } from '../../ui/Button.tsx';
import { useStorePerFrame } from '../../ui/useStorePerFrame.ts';
import { LayersChart } from './LayersChart.tsx';
import { pinLines } from './series.ts';
import { useLayerSeries, useStepShown } from './useLayerSeries.ts';

const words = laterText.instruments;

/** The gradient against the layer at the step on view and at pinned ones, with the fitted factor and the theory's line. */
export default function GradientsPanel() {
  const pins = usePins();
  const series = useLayerSeries('signalGradient', pins);
  const axis = useQuantityAxis('signalGradient');
  const step = useStepShown();
  return (
    <>
      <PinBar step={step} />
      <div className="instrument-chart" style={{ '--pins': pins.length } as CSSProperties}>
        <LayersChart
          title={words.gradients.title}
          subtitle={words.gradients.subtitle(step)}
          series={series}
          axis={axis}
          quantity={words.gradients.axis}
          across={words.layer}
          isFitted
          empty={words.empty}
        />
      </div>
      <p className="view-text">{words.gradients.note}</p>
    </>
  );
}

/** The steps that are kept in view beside the one on view: until the page is left, whichever instruments are open. */
const pinStore = createStore<readonly number[]>(() => []);

/** In the order in which they were pinned: a step keeps its place, and so its line, until it is let go. */
export function usePins(): readonly number[] {
  return useStorePerFrame(pinStore, (pins) => pins);
}

/** Whether a step can be pinned: that of an update, not pinned yet, and not one too many. */
export function canPin(pins: readonly number[], step: number): boolean {
  return step > 0 && !pins.includes(step) && pins.length < pinLines.length;
}

function pin(step: number): void {
  const pins = pinStore.getState();
  if (canPin(pins, step)) pinStore.setState([...pins, step], true);
}

function unpin(step: number): void {
  pinStore.setState(
    pinStore.getState().filter((each) => each !== step),
    true,
  );
}

/** Pins the step on view, and lets go of those that are pinned. */
export function PinBar({ step }: { readonly step: number }) {
  const pins = usePins();
  const group = useRef<HTMLFieldSetElement>(null);
  const letGo = (each: number) => {
    unpin(each);
    // The button that had the focus is gone.
    group.current?.focus();
  };
  return (
    <fieldset className="row" aria-label={words.gradients.pins} ref={group} tabIndex={-1}>
      <Button className="pins-pin" isDisabled={!canPin(pins, step)} onPress={() => pin(step)}>
        {words.gradients.pin(step)}
      </Button>
      {pins.map((each) => (
        <Button key={each} look="chip" aria-label={words.gradients.unpin(each)} onPress={() => letGo(each)}>
          {words.gradients.step(each)} <span aria-hidden="true">✕</span>
        </Button>
      ))}
    </fieldset>
  );
}
