import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { setTraining } from '../experiment/edit.ts';
import type { NetworkId } from '../experiment/experiment.ts';
import { aboutLab } from '../figure/about.ts';
import { ChartsPanel } from '../figure/ChartsPanel.tsx';
import { NetworksPanel } from '../figure/networks/NetworksPanel.tsx';
import { RunFinding, useFinding } from '../figure/RunFinding.tsx';
import { PredictedContext } from '../figure/stack/PredictedLine.tsx';
import { TappedPlaceContext } from '../figure/stack/tapped.ts';
import { Transport } from '../figure/transport/Transport.tsx';
import { useQuantityAxis } from '../figure/useQuantityAxis.ts';
import { LessonBoundary } from '../lessons/LessonBoundary.tsx';
import { openLesson, progress, useProgress } from '../lessons/progress.ts';
import { type LessonView, wholeLab } from '../lessons/view.ts';
import { text } from '../messages/messages.ts';
import { AboutContext } from '../plot/about.ts';
import { createPointed, PointedContext } from '../plot/pointed.ts';
import type { Quantity } from '../records/records.ts';
import { LabContext, useLab, useTryEdit } from '../session/hooks.ts';
import { recall, remember } from '../session/storage/remembered.ts';
import type { Lab } from '../session/store/lab.ts';
import type { Views } from '../session/views.ts';
import type { WorkerClient } from '../session/worker/client.ts';
import type { RunRequest } from '../session/worker/protocol.ts';
import { Button } from '../ui/Button.tsx';
import { useFrames } from '../ui/useFrames.ts';
import { Notices } from './Notices.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TopBar } from './TopBar.tsx';
import '../ui/base.css';
import './layout.css';
import './status.css';
import '../lessons/putAway.css';

const LessonPanel = lazy(() => import('../lessons/frame/LessonPanel.tsx'));

/** In a lesson the prediction comes first: until then, to train means to be asked for it. */
function afterPrediction(train: () => void): void {
  const { ask } = progress.getState();
  if (ask) ask();
  else train();
}

/** Trains if it can, pauses if it does. */
function playOrPause({ store, commands }: Lab): void {
  const { kind } = store.getState().status;
  if (kind === 'running') commands.pause();
  else if (kind === 'ready' || kind === 'paused') commands.play();
}

/** The lesson that tells why a plain network learns worse than its twin. */
const DEGRADATION = 5;

/** Loaded when they are first opened. */
const SweepSlot = lazy(() => import('../sweep/SweepSlot.tsx'));
const InstrumentsView = lazy(() => import('../instruments/InstrumentsView.tsx'));
const LibraryView = lazy(() => import('../library/LibraryView.tsx'));

export interface AppProps {
  readonly lab: Lab;
  readonly views: Views;
  /** What the address asks to compute with. */
  readonly engine: RunRequest['engine'];
  /** Starts another worker. */
  readonly connect: () => WorkerClient;
}

/** The page of one lab. */
export function App({ lab, views, engine, connect }: AppProps) {
  const view = useFrames(views, (state) => state.view);
  const [pointed] = useState(createPointed);
  const about = useCallback(() => aboutLab(lab.store.getState()), [lab]);
  const [areShortcutsOn, setShortcutsOn] = useState(() => recall('shortcuts') !== 'off');
  const toggleShortcuts = useCallback((isOn: boolean) => {
    setShortcutsOn(isOn);
    remember('shortcuts', isOn ? 'on' : 'off');
  }, []);
  const actions = useMemo(
    () => ({
      playOrPause: () => afterPrediction(() => playOrPause(lab)),
      step: () => afterPrediction(lab.commands.step),
      reset: lab.commands.reset,
    }),
    [lab],
  );
  const [tappedPlace, setTappedPlace] = useState<HTMLElement | null>(null);
  const [owner, take] = useState<NetworkId | null>(null);
  const tapped = useMemo(() => ({ element: tappedPlace, owner, take }), [tappedPlace, owner]);
  const lesson = useProgress((state) => state.lesson);
  const [lessonView, setLessonView] = useState<LessonView>(wholeLab);
  const isLesson = lesson !== null && view === 'lab';
  useEffect(() => {
    // Lessons are told in the lab.
    if (lesson !== null) views.setState({ view: 'lab' });
  }, [lesson, views]);
  const isOfLab = view === 'lab' || view === 'instruments';
  useShortcuts(areShortcutsOn && isOfLab, actions);
  return (
    <LabContext value={lab}>
      <PointedContext value={pointed}>
        <div className="page-container">
          <div
            className="page"
            data-lesson={isLesson ? lesson : undefined}
            data-keeps={isLesson ? lessonView.keeps.join(' ') : undefined}
            data-highlight={isLesson ? (lessonView.highlight ?? undefined) : undefined}
          >
            <TopBar views={views} areShortcutsOn={areShortcutsOn} onToggleShortcuts={toggleShortcuts} />
            <div className="column status">
              {isOfLab && <StatusLine />}
              <Notices />
            </div>
            <AboutContext value={about}>
              <Suspense fallback={<p className="view-loading">{text.app.views.loading}</p>}>
                {view === 'lab' && (
                  <TappedPlaceContext value={tapped}>
                    <Main
                      isLesson={isLesson}
                      isPredicted={isLesson && lessonView.isPredicted}
                      onLessonView={setLessonView}
                    />
                    <Transport onTappedPlace={setTappedPlace} />
                  </TappedPlaceContext>
                )}
                {view === 'instruments' && <InstrumentsView />}
                {view === 'sweep' && <SweepSlot lab={lab} views={views} engine={engine} connect={connect} />}
                {view === 'library' && <LibraryView views={views} />}
              </Suspense>
            </AboutContext>
          </div>
        </div>
      </PointedContext>
    </LabContext>
  );
}

interface MainProps {
  readonly isLesson: boolean;
  readonly isPredicted: boolean;
  readonly onLessonView: (view: LessonView) => void;
}

/** The lesson, if one is open, and networks and charts, on one axis. */
function Main({ isLesson, isPredicted, onLessonView }: MainProps) {
  const [quantity, setQuantity] = useState<Quantity>('signalGradient');
  const axis = useQuantityAxis(quantity);
  return (
    <main className="main">
      {isLesson && (
        <LessonBoundary>
          <Suspense fallback={<aside className="column lesson" aria-busy="true" aria-label={text.lessons.loading} />}>
            <LessonPanel onView={onLessonView} onQuantity={setQuantity} />
          </Suspense>
        </LessonBoundary>
      )}
      <PredictedContext value={isPredicted && quantity === 'signalGradient'}>
        <NetworksPanel quantity={quantity} axis={axis} onQuantity={setQuantity} />
      </PredictedContext>
      <ChartsPanel quantity={quantity} axis={axis} saying={isLesson ? null : <LabFinding />} />
    </main>
  );
}

/** What a run of the lab has shown, and where to go from there. */
function LabFinding() {
  const tryEdit = useTryEdit();
  const seed = useLab(({ experiment }) => experiment.training.seed);
  const areTwins = useFinding()?.areTwins ?? false;
  return (
    <RunFinding>
      <Button look="chip" onPress={() => tryEdit((experiment) => setTraining(experiment, { seed: seed + 1 }))}>
        {text.finding.next.seed}
      </Button>
      {areTwins && (
        <Button look="chip" onPress={() => openLesson(DEGRADATION)}>
          {text.finding.next.why}
        </Button>
      )}
    </RunFinding>
  );
}
