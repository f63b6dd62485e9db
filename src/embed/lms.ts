/** The side of SCORM 1.2 that a learning management system shows to what it launches: finding it, and telling it how a learner gets on. */

/** What the LMS offers (ADL, SCORM 1.2 Run-Time Environment, section 3.3.2); everything is text, `'true'` and `'false'` too. */
export interface LmsApi {
  LMSInitialize(nothing: ''): string;
  LMSGetValue(element: string): string;
  LMSSetValue(element: string, value: string): string;
  LMSCommit(nothing: ''): string;
  LMSFinish(nothing: ''): string;
}

/** A window, as far as the search goes: of another origin, everything but `parent` and `opener` throws. */
type Place = Pick<Window, 'parent' | 'opener'> & { readonly API?: LmsApi };

/** ADL's own search gives up after seven; some systems nest deeper. */
const MOST_LEVELS = 12;

/** The API of the LMS: in a window around this one, or around the one that has opened it (section 3.3.6.1). Null outside of an LMS. */
export function findApi(window: Place): LmsApi | null {
  const around = windowsAround(window);
  const opener = around.map((each) => each.opener as Place | null).find(Boolean);
  for (const each of [...around, ...(opener ? windowsAround(opener) : [])]) {
    try {
      if (each.API) return each.API;
    } catch {
      // Another site's: what is around that may be the LMS again.
    }
  }
  return null;
}

function windowsAround(window: Place): readonly Place[] {
  const found: Place[] = [window];
  for (let level = 0; level < MOST_LEVELS; level++) {
    const last = found.at(-1) as Place;
    const next = last.parent as Place | null;
    if (!next || next === last) break;
    found.push(next);
  }
  return found;
}

/** What a learner expected of a run. */
export interface Prediction {
  /** Letters, digits and hyphens. */
  readonly id: string;
  readonly answer: string;
  /** Null where that is not known, or not yet. */
  readonly isRight: boolean | null;
}

/** A learner's visit, as the LMS is told of it. */
export interface Visit {
  predicted(prediction: Prediction): void;
  /** Everything that was to be done is done. */
  completed(): void;
  /** Tells how long it took, and says goodbye. */
  end(): void;
}

/** The most characters of a fill-in answer (CMIFeedback). */
const MOST_CHARACTERS = 255;

/** Begins a visit. @param now in milliseconds */
export function startVisit(api: LmsApi, now = () => Date.now()): Visit | null {
  if (String(api.LMSInitialize('')) !== 'true') return null;
  const since = now();
  const set = (element: string, value: string) => void api.LMSSetValue(element, value);
  const statusBefore = api.LMSGetValue('cmi.core.lesson_status');
  let isCompleted = ['completed', 'passed', 'failed'].includes(statusBefore);
  let isOver = false;
  if (!isCompleted) set('cmi.core.lesson_status', 'incomplete');
  // Of earlier visits there may be some already.
  const first = Number(api.LMSGetValue('cmi.interactions._count')) || 0;
  const made = new Map<string, Prediction>();
  const commit = (): void => {
    set('cmi.core.session_time', timespan(now() - since));
    api.LMSCommit('');
  };
  commit();

  return {
    predicted(prediction) {
      if (isOver) return;
      const { id, answer, isRight } = prediction;
      const isNew = !made.has(id);
      made.set(id, prediction);
      const interaction = `cmi.interactions.${first + [...made.keys()].indexOf(id)}`;
      if (isNew) {
        set(`${interaction}.id`, id);
        set(`${interaction}.time`, timeOfDay(new Date(now())));
        set(`${interaction}.type`, 'fill-in');
      }
      set(`${interaction}.student_response`, answer.slice(0, MOST_CHARACTERS));
      set(`${interaction}.result`, isRight === null ? 'neutral' : isRight ? 'correct' : 'wrong');
      const score = scoreOf([...made.values()]);
      if (score !== null) {
        set('cmi.core.score.min', '0');
        set('cmi.core.score.max', '100');
        set('cmi.core.score.raw', String(score));
      }
      commit();
    },
    completed() {
      if (isOver || isCompleted) return;
      isCompleted = true;
      set('cmi.core.lesson_status', 'completed');
      commit();
    },
    end() {
      if (isOver) return;
      isOver = true;
      set('cmi.core.exit', isCompleted ? '' : 'suspend');
      commit();
      api.LMSFinish('');
    },
  };
}

/** Of the predictions of which that is known, how many of a hundred came true; null where there are none. */
function scoreOf(predictions: readonly Prediction[]): number | null {
  const known = predictions.filter(({ isRight }) => isRight !== null);
  if (known.length === 0) return null;
  return Math.round((100 * known.filter(({ isRight }) => isRight).length) / known.length);
}

const digits = (value: number, count: number) => String(Math.floor(value)).padStart(count, '0');

/** As CMITimespan: `0001:02:03.45`. */
function timespan(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  const rest = (seconds % 60).toFixed(2).padStart(5, '0');
  // Rounding may make a minute of it.
  if (rest === '60.00') return timespan(Math.ceil(seconds) * 1000);
  return `${digits(Math.min(9999, seconds / 3600), 4)}:${digits((seconds / 60) % 60, 2)}:${rest}`;
}

/** As CMITime: `13:02:03`. */
function timeOfDay(date: Date): string {
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => digits(part, 2)).join(':');
}
