import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { HandInButton } from '../classroom/handIn/HandInButton.tsx';
import { aboutLab } from '../figure/about.ts';
import { Home } from '../home/Home.tsx';
import { depthOfPair, pairOf } from '../home/pair.ts';
import { closeLesson, DEGRADATION, openLesson, progress, useProgress } from '../lessons/progress.ts';
import { text } from '../messages/messages.ts';
import { AboutContext } from '../plot/about.ts';
import { createHovers, HoverContext } from '../plot/linkedHover.ts';
import { LabContext } from '../session/hooks.ts';
import { recall, remember } from '../session/storage/remembered.ts';
import type { Lab } from '../session/store/lab.ts';
import { canPlayOrPause, canTrain } from '../session/transport.ts';
import type { Views } from '../session/views.ts';
import type { WorkerClient } from '../session/worker/client.ts';
import type { RunRequest } from '../session/worker/protocol.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';
import { Arrival } from './Arrival.tsx';
import { Notices } from './Notices.tsx';
import { StatusLine } from './StatusLine.tsx';
import { useShortcuts } from './shortcuts.ts';
import { TopBar } from './TopBar.tsx';
import '../ui/base.css';
import './layout.css';
import './status.css';

/** In a lesson the prediction comes first: until then, to train means to be asked for it. */
function afterPrediction(train: () => void): void {
  const { ask } = progress.getState();
  if (ask) ask();
  else train();
}

/** Trains if it can, pauses if it does. */
function playOrPause({ store, commands }: Lab): void {
  const state = store.getState();
  if (!canPlayOrPause(state)) return;
  if (state.isPlaying) commands.pause();
  else commands.play();
}

/** For whoever presents with a clicker: train; when that is over, eight layers on the first screen, then why; in a lesson, its next part. */
function onward(lab: Lab, views: Views): void {
  const state = lab.store.getState();
  const { experiment, status } = state;
  const { lesson, turn } = progress.getState();
  if (views.getState().view !== 'home') {
    if (lesson !== null) turn?.onward();
    return;
  }
  const depth = depthOfPair(experiment);
  // What somebody has made in the lab stays until it is put away there and then.
  if (depth === null) return;
  if (canTrain(state) && !state.isPlaying) lab.commands.play();
  else if (status.kind === 'finished') {
    if (depth === SHALLOW) openLesson(DEGRADATION);
    else lab.commands.open(pairOf(SHALLOW, experiment.training));
  }
}

/** Layers at which plain networks still learn well. */
const SHALLOW = 8;

/** Loaded when they are first opened. */
const LabView = lazy(() => import('./LabView.tsx'));
const LessonView = lazy(() => import('../lessons/LessonView.tsx'));
const SweepView = lazy(() => import('../sweep/SweepView.tsx'));
const InstrumentsView = lazy(() => import('../instruments/InstrumentsView.tsx'));
const InClass = lazy(() => import('../classroom/meet/InClass.tsx'));
const ClassView = lazy(() => import('../classroom/ClassView.tsx'));
const LibraryView = lazy(() => import('../library/Library.tsx'));

/** A lesson that cannot be downloaded says so, and the way into the lab stays. */
const lessonFailed = (
  <main className="view">
    <p role="alert">{text.lessons.failed}</p>
    <div>
      <Button onPress={closeLesson}>{text.lessons.toLab}</Button>
    </div>
  </main>
);

export interface AppProps {
  readonly lab: Lab;
  readonly views: Views;
  /** The engine that the address asks for. */
  readonly engine: RunRequest['engine'];
  /** Starts another worker. */
  readonly connect: () => WorkerClient;
}

/** The page of one lab. */
export function App({ lab, views, engine, connect }: AppProps) {
  const view = useStorePerFrame(views, (state) => state.view);
  const [pointed] = useState(createHovers);
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
      onward: () => onward(lab, views),
      backward: () => progress.getState().turn?.back(),
    }),
    [lab, views],
  );
  const lesson = useProgress((state) => state.lesson);
  const isLesson = lesson !== null && view === 'lab';
  const isInClass = useStorePerFrame(views, ({ ofClass }) => ofClass !== null);
  useEffect(() => {
    // Lessons stand in the place of the lab.
    if (lesson !== null) views.setState({ view: 'lab' });
  }, [lesson, views]);
  const isOfLab = view === 'home' || view === 'lab' || view === 'instruments';
  useShortcuts(areShortcutsOn && isOfLab, actions);
  return (
    <LabContext value={lab}>
      <HoverContext value={pointed}>
        <div className="page-container">
          <div className="page" data-view={view} data-lesson={isLesson || undefined}>
            <TopBar views={views} areShortcutsOn={areShortcutsOn} onToggleShortcuts={toggleShortcuts} />
            <div className="column status">
              {isOfLab && <StatusLine />}
              <Notices />
              {isLesson && isInClass && (
                <Suspense>
                  <InClass views={views} />
                </Suspense>
              )}
            </div>
            <AboutContext value={about}>
              <Suspense fallback={<p className="view-loading">{text.app.views.loading}</p>}>
                {view === 'home' && (
                  <Home views={views} engine={engine} connect={connect} onWhy={() => openLesson(DEGRADATION)} />
                )}
                {isLesson && (
                  <ErrorBoundary fallback={lessonFailed}>
                    <LessonView handIn={<HandInButton look="plain" />} />
                  </ErrorBoundary>
                )}
                {view === 'lab' && !isLesson && <LabView />}
                {view === 'instruments' && <InstrumentsView />}
                {view === 'sweep' && <SweepView lab={lab} views={views} engine={engine} connect={connect} />}
                {view === 'class' && <ClassView views={views} />}
                {view === 'library' && <LibraryView views={views} />}
                <Arrival at={isLesson ? 'lesson' : view} />
              </Suspense>
            </AboutContext>
          </div>
        </div>
      </HoverContext>
    </LabContext>
  );
}
