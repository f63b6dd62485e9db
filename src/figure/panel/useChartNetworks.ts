import { useMemo } from 'react';
import { networkIds } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import type { ChartNetwork } from '../../plot/looks.ts';
import { useLab } from '../../session/hooks.ts';

/** The networks of the experiment as the charts know them. */
export function useChartNetworks(): readonly ChartNetwork[] {
  const networks = useLab((state) => state.experiment.networks);
  const runs = useLab((state) => state.runs);
  const named = useMemo(() => text.names.networks(networks), [networks]);
  return useMemo(
    () =>
      networkIds.slice(0, named.length).map((id, index) => ({ id, name: named[index] ?? '', run: runs[id] ?? null })),
    [named, runs],
  );
}
