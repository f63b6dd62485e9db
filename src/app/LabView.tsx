/** The lab: networks and charts on one axis, the transport, and the lesson that is told in it. Downloaded when it is first opened. */
import { lazy, Suspense, useMemo, useState } from 'react';
import { setTraining } from '../experiment/edit.ts';
import type { NetworkId } from '../experiment/experiment.ts';
import { ChartsPanel } from '../figure/ChartsPanel.tsx';
import { NetworksPanel } from '../figure/networks/NetworksPanel.tsx';
import { RunFinding, useFinding } from '../figure/RunFinding.tsx';
import { PredictedContext } from '../figure/stack/PredictedLine.tsx';
import { TappedPlaceContext } from '../figure/stack/Readout.tsx';
import { UntrainedContext } from '../figure/stack/values.ts';
import { Transport } from '../figure/transport/Transport.tsx';
import { useQuantityAxis } from '../figure/useQuantityAxis.ts';
import type { LessonView } from '../lessons/lesson.ts';
import { DEGRADATION, openLesson, useProgress } from '../lessons/progress.ts';
import { text } from '../messages/messages.ts';
import type { Quantity } from '../records/records.ts';
import { useLab, useTryEdit } from '../session/hooks.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorBoundary } from '../ui/ErrorBoundary.tsx';

const LessonPanel = lazy(() => import('../lessons/panel/LessonPanel.tsx'));

export default function LabView(props: MainProps) {
  const [tappedPlace, setTappedPlace] = useState<HTMLElement | null>(null);
  const [owner, take] = useState<NetworkId | null>(null);
  const tapped = useMemo(() => ({ element: tappedPlace, owner, take }), [tappedPlace, owner]);
  return (
    <TappedPlaceContext value={tapped}>
      <Main {...props} />
      <Transport onTappedPlace={setTappedPlace} />
    </TappedPlaceContext>
  );
}

interface MainProps {
  readonly isLesson: boolean;
  readonly isPredicted: boolean;
  readonly onLessonView: (view: LessonView) => void;
}

/** A lesson that cannot be downloaded says so; the lab beside it goes on. */
const lessonFailed = (
  <aside className="lesson" role="alert">
    <p>{text.lessons.failed}</p>
  </aside>
);

/** The lesson, if one is open, and networks and charts, on one axis. */
function Main({ isLesson, isPredicted, onLessonView }: MainProps) {
  const [quantity, setQuantity] = useState<Quantity>('signalGradient');
  const axis = useQuantityAxis(quantity);
  const isAsked = useProgress(({ ask }) => ask !== null);
  return (
    <main className="main">
      {isLesson && (
        <ErrorBoundary fallback={lessonFailed}>
          <Suspense fallback={<aside className="column lesson" aria-busy="true" aria-label={text.lessons.loading} />}>
            <LessonPanel onView={onLessonView} onQuantity={setQuantity} />
          </Suspense>
        </ErrorBoundary>
      )}
      <PredictedContext value={isPredicted && quantity === 'signalGradient'}>
        <UntrainedContext value={!isAsked}>
          <NetworksPanel quantity={quantity} axis={axis} onQuantity={setQuantity} />
        </UntrainedContext>
      </PredictedContext>
      <ChartsPanel {...{ quantity, axis, isLesson }} saying={isLesson ? null : <LabFinding />} />
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
