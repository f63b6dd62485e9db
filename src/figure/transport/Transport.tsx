import { memo, useEffect } from 'react';
import { text } from '../../messages/messages.ts';
import { useBox } from '../../plot/area.ts';
import { Scrubber } from './Scrubber.tsx';
import { SettingChips } from './SettingChips.tsx';
import { TransportButtons } from './TransportButtons.tsx';
import './transport.css';

const words = text.app.transport;

export interface TransportProps {
  /** Told the place over the transport for the numbers of a tapped layer; null while the page is too wide to need one. */
  readonly onTappedPlace?: (place: HTMLElement | null) => void;
}

/** Reset, step, play and pause; where the run is; and the settings that all networks share. */
export const Transport = memo(function Transport({ onTappedPlace }: TransportProps) {
  return (
    <footer className="row transport">
      <h2 className="visually-hidden">{words.heading}</h2>
      {onTappedPlace && <TappedPlace onPlace={onTappedPlace} />}
      <TransportButtons />
      <Scrubber />
      <SettingChips />
    </footer>
  );
});

/** It has a width where it is of use, which the style sheet knows. */
function TappedPlace({ onPlace }: { readonly onPlace: (place: HTMLElement | null) => void }) {
  const [ref, { width }] = useBox();
  const isOfUse = width > 0;
  useEffect(() => {
    onPlace(isOfUse ? ref.current : null);
    return () => onPlace(null);
  }, [isOfUse, onPlace, ref]);
  return <div className="transport-tapped" ref={ref} />;
}
