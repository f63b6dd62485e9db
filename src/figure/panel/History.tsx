import { type ReactNode, useMemo, useState } from 'react';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { Quantity } from '../../records/records.ts';
import { useLab } from '../../session/hooks.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { HistoryChart } from '../HistoryChart.tsx';
import { useChartNetworks } from './useChartNetworks.ts';

export interface HistoryProps {
  readonly quantity: Quantity;
  /** Of the quantity, shared by all networks. */
  readonly axis: ValueAxis;
  /** Choices beside that of the network; the same element while they do not change. */
  readonly choices?: ReactNode;
}

/** The history of a quantity in one of the networks, which can be chosen. */
export function History({ quantity, axis, choices }: HistoryProps) {
  const networks = useChartNetworks();
  const steps = useLab((state) => state.experiment.training.steps);
  const viewStep = useLab((state) => state.viewStep);
  const [chosen, setChosen] = useState<NetworkId>('a');
  const network = networks.find(({ id }) => id === chosen) ?? networks[0];
  const specs = useLab((state) => state.experiment.networks);
  const shown = network?.id ?? 'a';
  const actions = useMemo(
    () => (
      <>
        {choices}
        <SelectField
          label={text.app.charts.historyOf}
          isLabelHidden
          options={text.names.networks(specs).map((name, index) => ({ key: networkIds[index] ?? 'a', label: name }))}
          value={shown}
          onChange={setChosen}
        />
      </>
    ),
    [choices, specs, shown],
  );
  return network ? <HistoryChart {...{ network, quantity, axis, steps, viewStep, actions }} /> : null;
}
