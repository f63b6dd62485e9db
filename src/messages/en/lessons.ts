/** The words around the lessons: everything that is there before a lesson has been downloaded, and its controls. */
import { number, timeLeft } from '../format.ts';
import { sentences } from '../sentences.ts';

export const lessons = {
  open: 'Lessons',
  menu: 'The story in nine lessons',
  entry: (lesson: number, title: string) => `${number(lesson)} · ${title}`,
  /** The lesson that was left. */
  entryLeft: (lesson: number, title: string) => `${number(lesson)} · ${title} (go on here)`,
  /** In the order of the story; the keys name the lessons in `lessons/story/`, and their words in `en/lessons/`. */
  titles: {
    deeper: 'Is deeper better?',
    vanishing: 'The gradient that fades',
    exploding: 'The gradient that blows up',
    cures: 'Two cures',
    degradation: 'Cured, and still worse',
    identity: 'Doing nothing is hard',
    residual: 'Learn the difference',
    code: 'The block, in code',
    limits: 'How deep can you go?',
  },
  panel: 'Lesson',
  loading: 'Loading the lesson',
  failed: 'The lesson could not be loaded. Check the connection and reload the page; the lab works without it.',
  numbered: (lesson: number, count: number) => `Lessons · ${number(lesson)} of ${number(count)}`,
  openInLab: 'Open in the lab',
  parts: 'Parts of the lesson',
  partOf: (part: number, count: number) => `Part ${number(part)} of ${number(count)}`,
  partShort: (part: number, count: number) => `${number(part)} / ${number(count)}`,
  back: 'Back',
  nextPart: 'Next part',
  nextLesson: (lesson: number) => `Lesson ${number(lesson)}`,
  toLab: 'To the lab',
  teachers: 'For teachers',
  reduced: 'The lesson’s experiment is smaller than on a fast GPU: 7×7 maps instead of 14×14.',
  strayed: 'The networks on the page are not this lesson’s any more, so its words would not fit them.',
  tellMe: 'Tell me without predicting',
  loadAgain: 'Load the lesson’s networks',

  run: {
    start: 'Run it',
    goOn: 'Continue',
    pause: 'Pause',
    again: 'Run again',
    skip: 'Run without predicting',
    progress: 'The lesson’s run',
    measuring: 'all steps done · measuring the errors …',
    /** `left` in seconds; null while unknown. */
    howFar: (step: number, steps: number, left: number | null) =>
      `step ${number(step)} of ${number(steps)}${left === null ? '' : ` · ${timeLeft(left)}`}`,
  },

  question: {
    predict: 'Predict first.',
    happened: '✓ this happened',
    isSo: '✓ this is so',
    guess: 'your guess',
    outcomes: {
      right: 'As you predicted.',
      wrong: 'Not as you predicted.',
      undecided: 'The run does not decide between the answers.',
      skipped: 'You made no prediction.',
    },
    clear: 'Predict again',
    drawn: 'Your curve is dashed; what the run gives is drawn over it.',
    fix: 'This is my prediction',
    expected: (depth: number) => `Expected training error of the network of ${number(depth)} layers`,
    /** The chart that a prediction is drawn on. */
    curve: {
      title: 'Training error by depth',
      across: 'weight layers',
      up: 'training error, %',
      predicted: 'predicted',
      measured: 'measured',
      columns: ['weight layers', 'predicted training error (fraction)', 'measured training error (fraction)'],
      /** Errors are null where there are none. */
      point: (depth: number, predicted: string | null, measured: string | null) => {
        const parts = [predicted && `predicted ${predicted}`, measured && `measured ${measured}`].filter(Boolean);
        return `${number(depth)} layers: ${parts.length > 0 ? parts.join(', ') : 'nothing yet'}`;
      },
      summary: (points: readonly string[]) => `Training error of networks by depth. ${points.join('; ')}.`,
    },
  },

  verdict: {
    shown: 'What your run shows',
    other: 'Your run does not show it',
    answer: 'The answer',
    /** On a button that leads from the step that a verdict speaks of to the end of the run, and on one that leads there. */
    showing: (step: number) => `Showing step ${number(step)} · back to the end`,
    show: (step: number) => `Show step ${number(step)}`,
  },
};

export const lessonProblems = sentences({
  'lesson.unknown': 'There is no lesson “{lesson}”; there are lessons 1 to {count}. The lab is shown instead.',
  'lesson.unknownPart': 'The lesson has no part “{part}”, so it opens where it was left.',
});
