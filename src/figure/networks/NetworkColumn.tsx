import { memo, useMemo } from 'react';
import { insertItem, moveItem, removeItem, removeNetwork, setItem } from '../../experiment/edit.ts';
import type { NetworkId } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import { graphOf } from '../../network/build.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import type { Quantity } from '../../records/records.ts';
import { useEdit, useImageFormat, useLab, useNetworkNames, useTryEdit } from '../../session/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { CloseIcon } from '../../ui/icons.tsx';
import { shorter } from '../fit.ts';
import { together } from '../stack/layout.ts';
import { StackColumn } from '../stack/StackColumn.tsx';
import type { StackEdits } from '../stack/stackEdits.tsx';
import { NetworkSettings } from './NetworkSettings.tsx';

function useStackEdits(index: number): StackEdits {
  const tryEdit = useTryEdit();
  return useMemo(
    () => ({
      insertItem: (at, item) => tryEdit((experiment) => insertItem(experiment, index, at, item)),
      removeItem: (at) => tryEdit((experiment) => removeItem(experiment, index, at)),
      moveItem: (from, to) => tryEdit((experiment) => moveItem(experiment, index, from, to)),
      setItem: (at, item) => tryEdit((experiment) => setItem(experiment, index, at, item)),
    }),
    [tryEdit, index],
  );
}

export interface NetworkColumnProps {
  readonly id: NetworkId;
  readonly index: number;
  readonly quantity: Quantity;
  readonly axis: ValueAxis;
}

/** One network of the experiment, live. */
export const NetworkColumn = memo(function NetworkColumn({ id, index, quantity, axis }: NetworkColumnProps) {
  const format = useImageFormat();
  const batch = useLab((state) => state.experiment.training.batch);
  const run = useLab((state) => state.runs[id]);
  const viewStep = useLab((state) => state.viewStep);
  const networks = useLab((state) => state.experiment.networks);
  const network = networks[index];
  const named = useNetworkNames();
  const names = useMemo(() => shorter(named), [named]);
  const name = names[index]?.[0] ?? '';
  const edit = useEdit();
  const edits = useStackEdits(index);
  const graph = useMemo(() => network && graphOf(network, format), [network, format]);
  const beside = useMemo(() => together(networks.map((each) => graphOf(each, format))), [networks, format]);
  const training = useMemo(() => ({ batch }), [batch]);
  const isAlone = networks.length === 1;
  const controls = useMemo(
    () =>
      network && (
        <>
          <NetworkSettings name={name} index={index} network={network} />
          {!isAlone && (
            <Button
              look="icon"
              aria-label={text.app.networks.remove(name)}
              onPress={() => edit((experiment) => removeNetwork(experiment, index))}
            >
              <CloseIcon />
            </Button>
          )}
        </>
      ),
    [name, index, network, isAlone, edit],
  );
  if (!network || !graph) return null;
  return (
    <StackColumn
      {...{ id, index, name, names, graph, beside, training, run, viewStep, quantity, axis, edits }}
      spec={network}
    >
      {controls}
    </StackColumn>
  );
});
