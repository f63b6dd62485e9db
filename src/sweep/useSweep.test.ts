import { describe, expect, it } from 'vitest';
import { parseLink } from '../experiment/parseLink.ts';
import { defaultSweep, type Sweep } from '../experiment/sweep/sweep.ts';
import type { SweepStatus } from '../session/sweeps/state.ts';
import { sweepToShow } from './useSweep.ts';

const experimentOf = (network: string) => parseLink(`#v=1&a=${network}`).experiment;
const [t7, s14, f7] = [experimentOf('t7-plain-8'), experimentOf('plain-8'), experimentOf('f7-8')];
const rates: Sweep = { ...defaultSweep(t7), axis: 'lr', values: [0.01, 0.1] };
const ofRates = (base: typeof t7) => ({ base, sweep: rates });
const shown = (kind: Exclude<SweepStatus['kind'], 'failed'>) => ({ ...ofRates(t7), status: { kind } });

describe('the sweep to show', () => {
  it('is the usual one of the lab before anything is asked for', () => {
    expect(sweepToShow(shown('idle'), null, f7)).toEqual({ base: f7, sweep: defaultSweep(f7) });
  });

  it('follows the lab as long as nobody has started it, with the values that were chosen', () => {
    expect(sweepToShow(shown('idle'), ofRates(t7), s14)).toEqual(ofRates(s14));
    const usual = { base: t7, sweep: defaultSweep(t7) };
    expect(sweepToShow({ ...usual, status: { kind: 'idle' } }, usual, f7)).toEqual({
      base: f7,
      sweep: defaultSweep(f7),
    });
  });

  it.each(['loading', 'running', 'paused', 'finished'] as const)('stays while the lab moves on: %s', (kind) => {
    expect(sweepToShow(shown(kind), ofRates(t7), s14)).toEqual(ofRates(t7));
  });

  it('is another one that is asked for, unless that would throw away what is at work', () => {
    expect(sweepToShow(shown('finished'), ofRates(s14), s14)).toEqual(ofRates(s14));
    for (const kind of ['loading', 'running', 'paused'] as const)
      expect(sweepToShow(shown(kind), ofRates(s14), s14)).toEqual(ofRates(t7));
  });

  it('takes other values and seeds of the same experiment while it is at work', () => {
    const more = { base: t7, sweep: { ...rates, seeds: [1, 2, 3, 4] } };
    expect(sweepToShow(shown('running'), more, t7)).toEqual(more);
  });
});
