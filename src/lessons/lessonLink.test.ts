import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../experiment/check.ts';
import { formatLink } from '../experiment/link.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { mangledLink } from '../experiment/testArbitraries.ts';
import { readViews } from '../session/views.ts';
import { formatLessonLink, readLessonLink } from './lessonLink.ts';
import { lessons } from './lessons.ts';

describe('a lesson in the link', () => {
  it('is opened by its number, at its part', () => {
    expect(readLessonLink('#lesson=5')).toMatchObject({ lesson: 5, part: null, experiment: null, problems: [] });
    expect(readLessonLink('#lesson=5&part=2')).toMatchObject({ lesson: 5, part: 1 });
  });

  it('takes settings of the training along, and says which it cannot take', () => {
    const link = readLessonLink('#lesson=5&steps=60&seed=3&lr=fast&colour=red');
    expect(link.changes).toEqual({ steps: 60, seed: 3 });
    expect(link.problems.map(({ code }) => code)).toEqual(['link.unknownKey', 'link.notANumber']);
  });

  it('reads settings as the lab does: percent signs as meant, and of two the first', () => {
    const link = readLessonLink('#lesson=5&%73teps=6%30&steps=90&__proto__=1&lr=%');
    expect(link.changes).toEqual({ steps: 60 });
    expect(link.problems.map(({ code }) => code)).toEqual(['link.duplicate', 'link.unknownKey', 'link.notANumber']);
  });

  it.each([
    ['lesson.unknownPart', '#lesson=5&part=0'],
    ['lesson.unknownPart', '#lesson=5&part=two'],
    ['link.duplicate', '#lesson=5&lesson=6'],
    ['link.duplicate', '#lesson=5&part=2&part=3'],
    ['link.unknownKey', '#lesson=5&seeds=1,2'],
  ])('says %s where it opens something else than the link says', (code, hash) => {
    const link = readLessonLink(hash);
    expect(link).toMatchObject({ lesson: 5, changes: {}, experiment: null });
    expect(link.problems.map((each) => each.code)).toEqual([code]);
  });

  it('is not read in a link that is too long, like everything in it', () => {
    const link = readLessonLink(`#lesson=5&steps=6${'0'.repeat(100_000)}`);
    expect(link).toMatchObject({ lesson: null, experiment: defaultExperiment });
    expect(link.problems.map(({ code }) => code)).toEqual(['link.tooLong']);
  });

  it('takes the nearest that its training can have', () => {
    const link = readLessonLink('#lesson=5&steps=999999&lr=20');
    expect(link.changes).toEqual({ steps: 100_000, lr: 10 });
    expect(link.problems.map(({ code }) => code)).toEqual(['changed.number', 'changed.number']);
  });

  it('is opened by a link that was escaped on its way, or followed by a full stop', () => {
    for (const hash of [
      '#lesson%3D5%26part%3D2',
      '#lesson=5&amp;part=2',
      '#lesson=5&part=2).',
      '#lesson=5&part=2&utm_source=x',
    ]) {
      expect(readLessonLink(hash), hash).toMatchObject({ lesson: 5, part: 1, problems: [] });
    }
  });

  it('is read whatever has happened to the link, in few notices', () => {
    fc.assert(
      fc.property(mangledLink, (hash) => {
        const { lesson, part, experiment, problems } = readLessonLink(hash);
        expect(lesson === null || (lesson >= 1 && lesson <= 9)).toBe(true);
        expect(part === null || (part >= 0 && part <= 8)).toBe(true);
        expect(experiment ? checkExperiment(experiment) : []).toEqual([]);
        expect(problems.length).toBeLessThanOrEqual(12);
        expect(readViews(hash, experiment ?? defaultExperiment).problems.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 1000 },
    );
  });

  it('stands beside an experiment of its own', () => {
    const link = readLessonLink('#lesson=5&v=1&a=t7-plain-20&steps=7');
    expect(link).toMatchObject({ lesson: 5, changes: {}, problems: [] });
    expect(link.experiment?.training.steps).toBe(7);
    expect(link.experiment?.networks).toHaveLength(1);
  });

  it.each(['0', String(lessons.length + 1), '-1', '5.5', 'five', ''])(
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
