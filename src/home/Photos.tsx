import { useEffect, useState } from 'react';
import { testCount } from '../experiment/dataRef.ts';
import { type AnsweredImage, answers } from '../instruments/answers/report.ts';
import { text } from '../messages/messages.ts';
import { useClasses, useCommands, useLab } from '../session/hooks.ts';
import { Pixels } from '../ui/Pixels.tsx';

const words = text.home.photos;
const ids = ['a', 'b'] as const;
const kinds = { a: 'plain', b: 'residual' } as const;

/** The latest value that there was: what is forgotten with a run stays in sight until there is something in its place. */
function useLatest<T>(value: T | null): T | null {
  const [latest, keep] = useState(value);
  if (value !== null && value !== latest) keep(value);
  return value ?? latest;
}

/** Where the photos will stand, so that nothing moves when they have come. */
function Places() {
  return (
    <div className="home-photo-list plain-list" aria-hidden="true">
      {Array.from({ length: 10 }, (_, index) => (
        <div key={String(index)} className="home-photo-place">
          &nbsp;
        </div>
      ))}
    </div>
  );
}

/** Ten photos, and under each what the two networks take it for, once they are trained. */
export function Photos({ isOver }: { readonly isOver: boolean }) {
  const { examine } = useCommands();
  // “T-shirt/top” has to fit beside a photo.
  const classes = useClasses().map((name) => name.replace(/\/.*/, ''));
  const reports = useLab((state) => state.reports.answers);
  // Who presses Play at once does not give it the time to be ready.
  const isThere = useLab(({ status }) => status.kind === 'ready' || status.kind === 'running');
  const steps = useLab(({ experiment }) => experiment.training.steps);
  const shown = useLatest(reports?.a ?? null);
  const isShown = shown !== null;
  useEffect(() => {
    if (isThere && !isShown) examine('a', { ...answers, isAnswered: false });
  }, [isThere, isShown, examine]);
  useEffect(() => {
    if (isOver) for (const id of ids) examine(id, answers);
  }, [isOver, examine]);
  const given = ids.map((id) => {
    const report = reports?.[id];
    return {
      kind: kinds[id],
      images: isOver && report && report.step > 0 && report.step <= steps ? report.answered : null,
    };
  });
  const isAnswered = given.every(({ images }) => images !== null);
  return (
    <section className="home-photos" aria-label={words.title}>
      <h2 className="small strong">{words.title}</h2>
      {!isShown && <Places />}
      <ul className="home-photo-list plain-list if-any">
        {shown?.answered.map(({ label, pixels }, index) => (
          <li key={label}>
            <Pixels levels={pixels} size={shown.size} label={null} />
            <span className="strong">{classes[label]}</span>
            {isAnswered &&
              given.map(({ kind, images }) => {
                const answer = images?.[index]?.answer ?? null;
                const isRight = answer === label;
                const said = answer === null ? words.none : (classes[answer] ?? '');
                return (
                  <span key={kind} className={`home-answer home-answer-${kind}`}>
                    <span className="visually-hidden">{words.answer(words[kind], said, isRight)}</span>
                    {/* No line breaks between the sign and the word. */}
                    <span aria-hidden="true">{`${isRight ? '✓' : '✗'}\u00a0${said}`}</span>
                  </span>
                );
              })}
          </li>
        ))}
      </ul>
      <div className="after small">{isAnswered && <Rights answered={given.map(({ images }) => images ?? [])} />}</div>
    </section>
  );
}

/** How many of the photos each network has right, and of all test images: ten may tell otherwise than the errors. */
function Rights({ answered }: { readonly answered: readonly (readonly AnsweredImage[])[] }) {
  const { training } = useLab(({ experiment }) => experiment);
  const runs = useLab((state) => state.runs);
  const of = testCount(training);
  const [plain = 0, residual = 0] = answered.map(
    (images) => images.filter(({ label, answer }) => label === answer).length,
  );
  // A network that has stopped has not been counted where the other was.
  const [all = Number.NaN, allOfOther = Number.NaN] = ids.map((id) => {
    const last = runs[id]?.evaluations.findLast(({ step }) => step === training.steps);
    return last && Math.round(of * (1 - last.testError));
  });
  return (
    <>
      <p>{words.right(plain, residual)}</p>
      {!Number.isNaN(all + allOfOther) && <p>{words.rightOfAll(of, all, allOfOther)}</p>}
    </>
  );
}
