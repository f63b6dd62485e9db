import { formatLink } from '../experiment/link.ts';
import { formatSweep } from '../experiment/sweep/text.ts';
import { dataText, engineText } from '../figure/about.ts';
import { text } from '../messages/messages.ts';
import type { ChartAbout } from '../plot/about.ts';
import type { SweepState } from '../session/sweeps/state.ts';
import { axisLabel } from './sweepAxis.ts';
import { drawnCells } from './sweepRuns.ts';

/** Where the figures of a sweep's charts come from: as long as it is under way, not from everything that is planned. */
export function aboutSweep(state: SweepState, dataSet: string | null): ChartAbout {
  const { base, sweep, engine } = state;
  const drawn = drawnCells(state);
  return {
    networks: text.sweep.about(axisLabel(sweep.axis), sweep.values.join(', '), sweep.kinds),
    link: new URL(formatLink(base) + formatSweep(sweep, base), location.href).href,
    seeds: sweep.seeds.filter((seed) => drawn.some((cell) => cell.seed === seed)),
    engine: engineText(engine),
    data: dataText(
      dataSet,
      drawn.map(({ experiment }) => experiment),
    ),
  };
}
