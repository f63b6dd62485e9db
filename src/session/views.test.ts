import { describe, expect, it } from 'vitest';
import { formatLink } from '../experiment/link.ts';
import { parseLink } from '../experiment/parseLink.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { defaultSweep, type Sweep } from '../experiment/sweep/sweep.ts';
import { sentence } from '../messages/messages.ts';
import { followLink, formatViews, readViews } from './views.ts';

const usual = defaultSweep(defaultExperiment);
const onView = (sweep: Sweep) => ({ base: defaultExperiment, sweep });

describe('the views of an address', () => {
  it('are the lab, or the sweep that stands beside the experiment', () => {
    const plain = readViews('#v=1', defaultExperiment);
    expect(plain.views.getState()).toMatchObject({ view: 'lab', sweep: null });
    const { views, problems } = readViews('#v=1&sweep=depth:8,20&seeds=4', defaultExperiment);
    expect(problems).toEqual([]);
    expect(views.getState()).toMatchObject({ view: 'sweep', sweep: onView({ ...usual, values: [8, 20], seeds: [4] }) });
    expect(formatViews(views.getState(), defaultExperiment)).toBe(
      `${formatLink(defaultExperiment)}&sweep=depth:8,20&seeds=4`,
    );
  });

  it('show the nearest sweep that can be trained, and say what is different and why', () => {
    const { views, problems } = readViews('#sweep=depth:8,21&seeds=1', defaultExperiment);
    expect(views.getState()).toMatchObject({ view: 'sweep', sweep: onView({ ...usual, values: [8, 20], seeds: [1] }) });
    expect(problems.map(sentence)).toEqual([
      'Changed depth 21 of the sweep in the link to 20. t7-plain-21 is not available: plain networks have 6n + 2 weight layers, from 8 to 110, or 1,202. The nearest is t7-plain-20.',
    ]);
  });

  it('follow another address, and keep a sweep that is being trained in sight', () => {
    const { views } = readViews('#v=1', defaultExperiment);
    views.setState({ progress: { done: 1, all: 8 } });
    expect(followLink(views, '#v=1&sweep=depth', defaultExperiment)).toEqual([]);
    expect(views.getState()).toEqual({
      view: 'sweep',
      sweep: onView(usual),
      progress: { done: 1, all: 8 },
      ofClass: null,
    });
    followLink(views, '#v=1', defaultExperiment);
    expect(views.getState()).toMatchObject({ view: 'lab', sweep: onView(usual) });
  });

  it('are those that are named by themselves, and a name that is none is told', () => {
    for (const view of ['instruments', 'library', 'class'] as const) {
      const link = formatViews({ view, sweep: null, progress: null, ofClass: null }, defaultExperiment);
      expect(link).toBe(`${formatLink(defaultExperiment)}&view=${view}`);
      expect(parseLink(link ?? '')).toEqual({ experiment: defaultExperiment, problems: [] });
      const { views, problems } = readViews(link ?? '', defaultExperiment);
      expect(views.getState().view).toBe(view);
      expect(problems).toEqual([]);
      expect(followLink(views, '#v=1', defaultExperiment)).toEqual([]);
      expect(views.getState().view).toBe('lab');
    }
    const { views, problems } = readViews('#v=1&view=kitchen', defaultExperiment);
    expect(views.getState().view).toBe('lab');
    expect(problems).toEqual([{ code: 'link.unknownView', values: { view: 'kitchen' } }]);
  });

  it('are that of classes where the address names one, or holds a run', () => {
    for (const ofClass of ['K7M2PX', 'ds1.eJyLjgUAARUAuQ-_']) {
      const { views, problems } = readViews(`#class=${ofClass}`, defaultExperiment);
      expect(views.getState()).toMatchObject({ view: 'class', ofClass });
      expect(problems).toEqual([]);
      expect(formatViews(views.getState(), defaultExperiment)).toBe(`#class=${ofClass}`);
      expect(parseLink(`#class=${ofClass}`)).toEqual({ experiment: defaultExperiment, problems: [] });
      followLink(views, '#v=1', defaultExperiment);
      expect(views.getState()).toMatchObject({ view: 'lab', ofClass: null });
    }
  });

  it('leave the address of the lab to the lab', () => {
    const { views } = readViews('#v=1&sweep=depth', defaultExperiment);
    views.setState({ view: 'lab' });
    expect(formatViews(views.getState(), defaultExperiment)).toBeNull();
  });

  it('name the experiment that a sweep varies, whatever the lab holds by now', () => {
    const { experiment: other } = parseLink('#v=1&a=plain-20');
    const { views } = readViews('#v=1&sweep=depth', defaultExperiment);
    expect(formatViews(views.getState(), other)).toMatch(formatLink(defaultExperiment));
    const unseen = { view: 'sweep', sweep: null, progress: null, ofClass: null } as const;
    expect(formatViews(unseen, other)).toMatch(/^#v=1&a=plain-20&sweep=depth/);
  });
});
