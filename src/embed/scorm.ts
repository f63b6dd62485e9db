/**
 * What stands beside the frame of an embed in a SCORM package (`app/share/scorm/`): `embed/scorm.js` of the built site. It passes on to the learning
 * management system what the embed says of its learner. Outside of one the embed is just that.
 */
import { findApi, startVisit } from './lms.ts';
import type { connect } from './v1.ts';

interface Predicted {
  readonly lesson: number | null;
  readonly part: string;
  readonly answer: string | readonly number[];
  readonly label?: string;
  readonly isRight: boolean | null;
}

const api = findApi(window);
const visit = api && startVisit(api);
const frame = document.querySelector('iframe');

if (visit && frame) {
  const predicted = (data: unknown): void => {
    const { lesson, part, answer, label, isRight } = data as Predicted;
    const id = lesson === null ? part : `lesson-${lesson}-${part}`;
    visit.predicted({ id, answer: label ?? String(answer), isRight });
  };
  // As a file beside this one: imported at once, what both need would be a third.
  const beside: Promise<{ readonly connect: typeof connect }> = import(
    /* @vite-ignore */ import.meta.url.replace(/[^/]*$/, 'v1.js')
  );
  beside
    .then((host) => host.connect(frame))
    .then(
      (connection) => {
        connection.on('prediction', predicted);
        connection.on('completed', () => visit.completed());
      },
      // An embed that does not answer has nothing to tell.
      () => undefined,
    );
  addEventListener('pagehide', () => visit.end());
}
