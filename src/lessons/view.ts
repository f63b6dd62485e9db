import type { Kept, Part } from './lesson.ts';

/** What an open lesson leaves on the page, and draws the eye to. */
export interface LessonView {
  readonly keeps: readonly Kept[];
  readonly highlight: Part['highlight'];
  /** The gradient that theory predicts is drawn over the bars. */
  readonly isPredicted: boolean;
}

export const wholeLab: LessonView = { keeps: [], highlight: null, isPredicted: false };
