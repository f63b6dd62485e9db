import { describe, expect, it } from 'vitest';
import { formatLink } from '../../spec/link.ts';
import { defaultExperiment } from '../../spec/presets.ts';
import { formatLessonLink, readLessonLink } from './lessonLink.ts';

describe('a lesson in the link', () => {
  it('is opened by its number, at its part', () => {
    expect(readLessonLink('#lesson=5')).toMatchObject({ lesson: 5, part: null, experiment: null, problems: [] });
    expect(readLessonLink('#lesson=5&part=2')).toMatchObject({ lesson: 5, part: 1 });
  });

  it('takes settings of the training along, and says which it cannot take', () => {
    const link = readLessonLink('#lesson=5&steps=60&seed=3&lr=fast&colour=red');
    expect(link.changes).toEqual({ steps: 60, seed: 3 });
    expect(link.problems.map(({ code }) => code)).toEqual(['link.notANumber', 'link.unknownKey']);
  });

  it('stands beside an experiment of its own', () => {
    const link = readLessonLink('#lesson=5&v=1&a=t7-plain-20&steps=7');
    expect(link).toMatchObject({ lesson: 5, changes: {}, problems: [] });
    expect(link.experiment?.training.steps).toBe(7);
    expect(link.experiment?.networks).toHaveLength(1);
  });

  it.each(['0', '10', '-1', '5.5', 'five', ''])(
    'that does not exist (%j) is named, and the experiment is read',
    (number) => {
      const link = readLessonLink(`#lesson=${number}&v=1&a=t7-plain-20`);
      expect(link.lesson).toBeNull();
      expect(link.problems.map(({ code }) => code)).toEqual(['lesson.unknown']);
      expect(link.experiment?.networks).toHaveLength(1);
    },
  );

  it('is not needed', () => {
    expect(readLessonLink('')).toMatchObject({ lesson: null, experiment: defaultExperiment, problems: [] });
  });

  it('is written as it is read', () => {
    const experiment = formatLink(defaultExperiment);
    for (const isOwn of [true, false]) {
      const shown = { lesson: 6, part: 1, changes: isOwn ? { steps: 50 } : {}, isOwn };
      const text = formatLessonLink(shown, experiment);
      const read = readLessonLink(text);
      expect(read).toMatchObject({ lesson: 6, part: 1, changes: shown.changes, problems: [] });
      expect(read.experiment).toEqual(isOwn ? null : defaultExperiment);
    }
    expect(formatLessonLink({ lesson: 1, part: 0, changes: {}, isOwn: true }, experiment)).toBe('#lesson=1');
  });
});
