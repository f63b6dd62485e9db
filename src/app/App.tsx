import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Quantity } from '../measurements/records.ts';
import { text } from '../messages/messages.ts';
import type { Lab } from '../store/lab.ts';
import { ChartsPanel } from './charts/ChartsPanel.tsx';
import { LabContext } from './lab.ts';
import { LessonBoundary } from './lessons/LessonBoundary.tsx';
import { useProgress } from './lessons/progress.ts';
import { type LessonView, wholeLab } from './lessons/view.ts';
import { Notices } from './Notices.tsx';
import { NetworksPanel } from './networks/NetworksPanel.tsx';
import { recall, remember } from './remembered.ts';
import { StatusLine } from './StatusLine.tsx';
import { useShortcuts } from './shortcuts.ts';
import { PredictedContext } from './stack/PredictedLine.tsx';
import { TopBar } from './TopBar.tsx';
import { Transport } from './transport/Transport.tsx';
import { useQuantityAxis } from './useQuantityAxis.ts';
import './theme.css';
import './layout.css';
import './status.css';
import './lessons/putAway.css';

const LessonPanel = lazy(() => import('./lessons/frame/LessonPanel.tsx'));

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
  const lesson = useProgress((state) => state.lesson);
  const [view, setView] = useState<LessonView>(wholeLab);
  const isLesson = lesson !== null;
  return (
    <LabContext value={lab}>
      <div className="page-container">
        <div
          className="page"
          data-lesson={lesson ?? undefined}
          data-keeps={isLesson ? view.keeps.join(' ') : undefined}
          data-highlight={isLesson ? (view.highlight ?? undefined) : undefined}
        >
          <TopBar areShortcutsOn={areShortcutsOn} onToggleShortcuts={toggleShortcuts} />
          <div className="status">
            <StatusLine />
            <Notices />
          </div>
          <Main isLesson={isLesson} isPredicted={isLesson && view.isPredicted} onView={setView} />
          <Transport />
        </div>
      </div>
    </LabContext>
  );
}

interface MainProps {
  readonly isLesson: boolean;
  readonly isPredicted: boolean;
  readonly onView: (view: LessonView) => void;
}

/** The lesson, if one is open, and networks and charts, on one axis. */
function Main({ isLesson, isPredicted, onView }: MainProps) {
  const [quantity, setQuantity] = useState<Quantity>('signalGradient');
  const axis = useQuantityAxis(quantity);
  return (
    <main className="main">
      {isLesson && (
        <LessonBoundary>
          <Suspense fallback={<aside className="lesson" aria-busy="true" aria-label={text.lessons.loading} />}>
            <LessonPanel onView={onView} onQuantity={setQuantity} />
          </Suspense>
        </LessonBoundary>
      )}
      <PredictedContext value={isPredicted && quantity === 'signalGradient'}>
        <NetworksPanel quantity={quantity} axis={axis} onQuantity={setQuantity} />
      </PredictedContext>
      <ChartsPanel quantity={quantity} axis={axis} />
    </main>
  );
}
