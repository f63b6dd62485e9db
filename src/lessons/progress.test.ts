import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultExperiment } from '../experiment/presets.ts';
import { readLessonLink } from './lessonLink.ts';
import { answer, closeLesson, enterLesson, openLesson, progress } from './progress.ts';

beforeEach(() => {
  progress.setState({ lesson: null, part: 0, last: null, parts: {}, answers: {}, changes: {}, own: null });
});

describe('what an earlier visit has left', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  const readFrom = async (kept: string) => {
    vi.stubGlobal('localStorage', { getItem: () => kept, setItem: () => undefined });
    vi.resetModules();
    const { last, parts, answers } = (await import('./progress.ts')).progress.getState();
    return { last, parts, answers };
  };

  it('is taken up', async () => {
    const whole = { last: 5, parts: { 5: 1 }, answers: { 'a.b': 'yes', 'a.c': [0.1, 0.2] } };
    expect(await readFrom(JSON.stringify(whole))).toEqual(whole);
  });

  it.each([
    'null',
    '{',
    '[]',
    '{"last":"5","parts":{},"answers":{}}',
    '{"last":5,"parts":[1],"answers":{}}',
    '{"last":5,"parts":{"5":"1"},"answers":{}}',
    '{"last":5,"parts":{},"answers":{"a.b":[0.1,"x"]}}',
    '{"last":5,"parts":{}}',
  ])('is nothing where it is damaged: %s', async (kept) => {
    expect(await readFrom(kept)).toEqual({ last: null, parts: {}, answers: {} });
  });
});

describe('progress in the story', () => {
  it('opens a lesson at its first part, and later where it was left', () => {
    openLesson(5);
    expect(progress.getState()).toMatchObject({ lesson: 5, part: 0 });
    openLesson(5, 2);
    openLesson(2);
    openLesson(5);
    expect(progress.getState()).toMatchObject({ lesson: 5, part: 2, last: 5 });
  });

  it('remembers the lesson that was open when it is closed', () => {
    openLesson(7);
    closeLesson();
    expect(progress.getState()).toMatchObject({ lesson: null, last: 7 });
  });

  it('keeps and takes back answers', () => {
    answer('a.b', 'yes');
    answer('a.c', [0.1, 0.2]);
    answer('a.b', null);
    expect(progress.getState().answers).toEqual({ 'a.c': [0.1, 0.2] });
  });

  it('follows a link into a lesson, with its settings, and out of it', () => {
    enterLesson(readLessonLink('#lesson=3&seed=4'));
    expect(progress.getState()).toMatchObject({ lesson: 3, changes: { seed: 4 }, isPinned: false });
    enterLesson(readLessonLink('#lesson=3&v=1&a=t7-plain-8'));
    expect(progress.getState()).toMatchObject({ lesson: 3, changes: {}, isPinned: true });
    enterLesson(readLessonLink('#v=1&a=t7-plain-8'));
    expect(progress.getState()).toMatchObject({ lesson: null, isPinned: false });
  });

  it('forgets the experiment of another part, and keeps that of the same', () => {
    openLesson(5, 1);
    progress.setState({ own: defaultExperiment });
    openLesson(5, 1);
    expect(progress.getState().own).toBe(defaultExperiment);
    openLesson(5, 2);
    expect(progress.getState().own).toBeNull();
  });
});
