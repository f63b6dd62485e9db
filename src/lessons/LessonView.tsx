/** A lesson: its panel, and its networks as the figure. It is downloaded when the first lesson is opened. */
import { type ReactNode, useCallback, useState } from 'react';
import { History } from '../figure/ChartsPanel.tsx';
import { Figure, type FigureProps } from '../figure/Figure.tsx';
import type { Part as FigurePart } from '../figure/layout.ts';
import { QuantityChoice } from '../figure/QuantityChoice.tsx';
import { PredictedContext } from '../figure/stack/PredictedLine.tsx';
import type { ShownNetwork } from '../figure/stack/StackDrawing.tsx';
import { StackFacts, StackFoot } from '../figure/stack/StackHead.tsx';
import { UntrainedContext } from '../figure/stack/values.ts';
import { useQuantityAxis } from '../figure/useQuantityAxis.ts';
import { text } from '../messages/messages.ts';
import { gradientTheory } from '../network/theory.ts';
import type { Quantity } from '../records/records.ts';
import { useLab } from '../session/hooks.ts';
import type { Part } from './lesson.ts';
import { at } from './lessons.ts';
import { LessonPanel } from './panel/LessonPanel.tsx';
import { useIsOwn } from './panel/useIsOwn.ts';
import { useProgress } from './progress.ts';
import './lessonView.css';

export interface LessonViewProps {
  /** Offers a run that has finished to a class. */
  readonly handIn: ReactNode;
}

export default function LessonView({ handIn }: LessonViewProps) {
  const [quantity, setQuantity] = useState<Quantity>('signalGradient');
  const lesson = useProgress((state) => state.lesson) ?? 1;
  const { part } = at({ lesson, part: useProgress((state) => state.part) });
  const isAsked = useProgress(({ ask }) => ask !== null);
  const isOwn = useIsOwn(part);
  const hasChoice = part.keeps.includes('quantity');
  return (
    <main className="lesson-view">
      <LessonPanel onQuantity={setQuantity} handIn={handIn} />
      <div className="lesson-shown column">
        {hasChoice && (
          <div className="lesson-quantity" data-highlight={part.highlight === 'quantity' || undefined}>
            <QuantityChoice quantity={quantity} onChange={setQuantity} />
          </div>
        )}
        <div className="lesson-figure">
          <PredictedContext value={part.isPredicted && quantity === 'signalGradient' ? gradientTheory : null}>
            <UntrainedContext value={!isAsked}>
              <LessonFigure part={part} quantity={quantity} hasButtons={!isOwn} />
            </UntrainedContext>
          </PredictedContext>
        </div>
      </div>
    </main>
  );
}

interface LessonFigureProps extends Required<Pick<FigureProps, 'quantity' | 'hasButtons'>> {
  readonly part: Part;
}

const withCurves: readonly FigurePart[] = ['bars', 'error', 'transport'];
const withoutCurves: readonly FigurePart[] = ['bars', 'transport'];
const play = [text.app.transport.play];
const foot = (shown: ShownNetwork, width: number, rem: number) => (
  <StackFoot {...{ shown, width, rem }} hasFacts={false} />
);

/** What a part of a lesson needs to see. Where there is something to run, the lesson has the button for it: one thing to press. */
function LessonFigure({ part: { keeps, highlight }, ...figure }: LessonFigureProps) {
  const batch = useLab(({ experiment }) => experiment.training.batch);
  const axis = useQuantityAxis(figure.quantity);
  const facts = useCallback(
    (shown: ShownNetwork) => <StackFacts {...shown} training={{ batch }} hasCosts={false} />,
    [batch],
  );
  return (
    <Figure
      {...figure}
      parts={keeps.includes('error') ? withCurves : withoutCurves}
      charts={keeps.includes('history') ? [<History key="history" quantity={figure.quantity} axis={axis} />] : []}
      highlight={highlight === 'quantity' ? null : highlight}
      facts={facts}
      foot={foot}
      train={play}
    />
  );
}
