import { useCallback, useMemo, useState } from 'react';
import type { Quantity } from '../measurements/records.ts';
import type { Lab } from '../store/lab.ts';
import { ChartsPanel } from './charts/ChartsPanel.tsx';
import { LabContext } from './lab.ts';
import { Notices } from './Notices.tsx';
import { NetworksPanel } from './networks/NetworksPanel.tsx';
import { recall, remember } from './remembered.ts';
import { StatusLine } from './StatusLine.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TopBar } from './TopBar.tsx';
import { Transport } from './transport/Transport.tsx';
import { useQuantityAxis } from './useQuantityAxis.ts';
import './theme.css';
import './layout.css';
import './status.css';

/** Trains if it can, pauses if it does. */
function playOrPause({ store, commands }: Lab): void {
  const { kind } = store.getState().status;
  if (kind === 'running') commands.pause();
  else if (kind === 'ready' || kind === 'paused') commands.play();
}

/** The page of one lab. */
export function App({ lab }: { readonly lab: Lab }) {
  const [areShortcutsOn, setShortcutsOn] = useState(() => recall('shortcuts') !== 'off');
  const toggleShortcuts = useCallback((isOn: boolean) => {
    setShortcutsOn(isOn);
    remember('shortcuts', isOn ? 'on' : 'off');
  }, []);
  const actions = useMemo(
    () => ({ playOrPause: () => playOrPause(lab), step: lab.commands.step, reset: lab.commands.reset }),
    [lab],
  );
  useShortcuts(areShortcutsOn, actions);
  return (
    <LabContext value={lab}>
      <div className="page-container">
        <div className="page">
          <TopBar areShortcutsOn={areShortcutsOn} onToggleShortcuts={toggleShortcuts} />
          <div className="status">
            <StatusLine />
            <Notices />
          </div>
          <Main />
          <Transport />
        </div>
      </div>
    </LabContext>
  );
}

/** Networks and charts, on one axis. */
function Main() {
  const [quantity, setQuantity] = useState<Quantity>('signalGradient');
  const axis = useQuantityAxis(quantity);
  return (
    <main className="main">
      <NetworksPanel quantity={quantity} axis={axis} onQuantity={setQuantity} />
      <ChartsPanel quantity={quantity} axis={axis} />
    </main>
  );
}
