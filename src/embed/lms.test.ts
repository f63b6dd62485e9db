import { describe, expect, it } from 'vitest';
import { findApi, type LmsApi, startVisit } from './lms.ts';

/** An LMS that keeps what it is told. */
function fakeLms(kept: Readonly<Record<string, string>> = {}) {
  const values: Record<string, string> = { 'cmi.interactions._count': '0', ...kept };
  const calls: string[] = [];
  const api: LmsApi = {
    LMSInitialize: () => 'true',
    LMSGetValue: (element) => values[element] ?? '',
    LMSSetValue(element, value) {
      values[element] = value;
      return 'true';
    },
    LMSCommit: () => String(calls.push('commit')),
    LMSFinish: () => String(calls.push('finish')),
  };
  return { api, values, calls };
}

describe('the API of an LMS is found', () => {
  const { api } = fakeLms();
  type Place = Parameters<typeof findApi>[0];
  const top = (more: object = {}): Place => {
    const window = { opener: null, ...more } as Record<string, unknown>;
    window.parent = window;
    return window as unknown as Place;
  };
  const inside = (parent: Place, more: object = {}) => ({ parent, opener: null, ...more }) as unknown as Place;

  it('in the window itself, or any around it', () => {
    expect(findApi(top({ API: api }))).toBe(api);
    expect(findApi(inside(inside(inside(top({ API: api })))))).toBe(api);
  });

  it('around the window that has opened this one, or the one around it', () => {
    const lms = inside(top({ API: api }));
    expect(findApi(top({ opener: lms }))).toBe(api);
    expect(findApi(inside(top({ opener: lms })))).toBe(api);
  });

  it('beyond a window of another site, of which nothing can be read', () => {
    const other = inside(top({ API: api }));
    Object.defineProperty(other, 'API', {
      get() {
        throw new DOMException('Blocked a frame', 'SecurityError');
      },
    });
    expect(findApi(inside(other))).toBe(api);
  });

  it('nowhere outside of an LMS, however deep the page stands', () => {
    expect(findApi(top())).toBe(null);
    let deep = top();
    for (let level = 0; level < 50; level++) deep = inside(deep);
    expect(findApi(deep)).toBe(null);
  });
});

describe('an LMS is told', () => {
  it('that a learner has begun, completed, and how long it took', () => {
    const { api, values, calls } = fakeLms();
    let now = 0;
    const visit = startVisit(api, () => now);
    expect(values['cmi.core.lesson_status']).toBe('incomplete');
    now = 3_723_456;
    visit?.completed();
    expect(values).toMatchObject({
      'cmi.core.lesson_status': 'completed',
      'cmi.core.session_time': '0001:02:03.46',
    });
    expect(values).not.toHaveProperty('cmi.core.score.raw');
    visit?.end();
    visit?.end();
    expect(values['cmi.core.exit']).toBe('');
    expect(calls).toEqual(['commit', 'commit', 'commit', 'finish']);
  });

  it('of each prediction once, whether it came true, and of how many that is so', () => {
    const { api, values } = fakeLms({ 'cmi.interactions._count': '2' });
    const visit = startVisit(api, () => new Date(2026, 0, 1, 13, 2, 3).getTime());
    visit?.predicted({ id: 'bet', answer: 'Residual, 8 layers', isRight: null });
    expect(values).not.toHaveProperty('cmi.core.score.raw');
    visit?.predicted({ id: 'bet', answer: 'Residual, 8 layers', isRight: true });
    visit?.predicted({ id: 'lesson-5-depths', answer: 'x'.repeat(1000), isRight: false });
    visit?.predicted({ id: 'lesson-5-other', answer: 'a', isRight: false });
    expect(values).toMatchObject({
      'cmi.interactions.2.id': 'bet',
      'cmi.interactions.2.type': 'fill-in',
      'cmi.interactions.2.time': '13:02:03',
      'cmi.interactions.2.student_response': 'Residual, 8 layers',
      'cmi.interactions.2.result': 'correct',
      'cmi.interactions.3.id': 'lesson-5-depths',
      'cmi.interactions.3.student_response': 'x'.repeat(255),
      'cmi.interactions.3.result': 'wrong',
      'cmi.core.score.min': '0',
      'cmi.core.score.max': '100',
      'cmi.core.score.raw': '33',
    });
  });

  it('nothing less than it knows already, and that an unfinished visit is to go on', () => {
    const { api, values } = fakeLms({ 'cmi.core.lesson_status': 'completed' });
    startVisit(api)?.end();
    expect(values['cmi.core.lesson_status']).toBe('completed');
    const other = fakeLms();
    startVisit(other.api)?.end();
    expect(other.values).toMatchObject({ 'cmi.core.lesson_status': 'incomplete', 'cmi.core.exit': 'suspend' });
  });

  it('nothing at all where it refuses', () => {
    const { api, values } = fakeLms();
    expect(startVisit({ ...api, LMSInitialize: () => 'false' })).toBe(null);
    expect(values).not.toHaveProperty('cmi.core.lesson_status');
  });

  it.each([
    [59_999, '0000:01:00.00'],
    [3_599_999, '0001:00:00.00'],
    [36_000_000, '0010:00:00.00'],
  ])('%i milliseconds as %s', (milliseconds, expected) => {
    const { api, values } = fakeLms();
    let now = 0;
    const visit = startVisit(api, () => now);
    now = milliseconds;
    visit?.end();
    expect(values['cmi.core.session_time']).toBe(expected);
  });
});
