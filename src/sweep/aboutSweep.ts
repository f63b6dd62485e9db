import { formatLink } from '../experiment/link.ts';
import { formatSweep } from '../experiment/sweep/text.ts';
import { about } from '../figure/about.ts';
import { laterText } from '../messages/laterText.ts';
import type { ChartAbout } from '../plot/about.ts';
import type { SweepState } from '../session/sweeps/state.ts';
import { axisLabel } from './sweepAxis.ts';
import { runsOfCells } from './sweepRuns.ts';

/** Where the figures of a sweep's charts come from: as long as it is under way, not from everything that is planned. */
export function aboutSweep(state: SweepState, dataSet: string | null): ChartAbout {
  const { base, sweep, cells } = state;
  return about({
    runs: runsOfCells(state, cells),
    dataSet,
    networks: laterText.sweep.about(axisLabel(sweep.axis), sweep.values.join(', '), sweep.kinds),
    links: [formatLink(base) + formatSweep(sweep, base)],
  });
}
