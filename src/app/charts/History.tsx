import { useState } from 'react';
import { HistoryChart } from '../../charts/history/HistoryChart.tsx';
import type { ValueAxis } from '../../charts/scale/axis.ts';
import type { Quantity } from '../../measurements/records.ts';
import { text } from '../../messages/messages.ts';
import type { NetworkId } from '../../spec/experiment.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useLab } from '../lab.ts';
import { useChartNetworks } from './useChartNetworks.ts';

export interface HistoryProps {
  readonly quantity: Quantity;
  /** Of the quantity, shared by all networks. */
  readonly axis: ValueAxis;
}

/** The history of a quantity in one of the networks, which can be chosen. */
export function History({ quantity, axis }: HistoryProps) {
  const networks = useChartNetworks();
  const steps = useLab((state) => state.experiment.training.steps);
  const viewStep = useLab((state) => state.viewStep);
  const [chosen, setChosen] = useState<NetworkId>('a');
  const network = networks.find(({ id }) => id === chosen) ?? networks[0];
  if (!network) return null;
  return (
    <HistoryChart
      {...{ network, quantity, axis, steps, viewStep }}
      actions={
        <SelectField
          label={text.app.charts.historyOf}
          isLabelHidden
          options={networks.map(({ id, name }) => ({ key: id, label: name }))}
          value={network.id}
          onChange={setChosen}
        />
      }
    />
  );
}
