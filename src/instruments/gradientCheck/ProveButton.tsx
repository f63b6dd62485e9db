import { useState } from 'react';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import { text } from '../../messages/messages.ts';
import { exact } from '../../plot/format.ts';
import { ShapeKey } from '../../plot/legend.tsx';
import { networkLooks } from '../../plot/looks.ts';
import { useCommands, useLab, useNetworkNames } from '../../session/hooks.ts';
import { Button } from '../../ui/Button.tsx';
import { ProofIcon } from '../../ui/icons.tsx';
import { Table } from '../../ui/Table.tsx';
import { TopBarTool } from '../../ui/TopBarTool.tsx';
import { type GradientPair, type GradientsReport, gradients } from './report.ts';
import './prove.css';

const words = text.app.prove;

/** Gradients of the network on the page beside finite differences, computed while one looks on. */
export function ProveButton() {
  return (
    <TopBarTool title={words.title} name={words.button} icon={<ProofIcon />}>
      <div className="column prove small">
        <p>{words.what}</p>
        <Proof />
      </div>
    </TopBarTool>
  );
}

/** The network that was asked for last, compared. */
function Proof() {
  const { examine } = useCommands();
  const [network, setNetwork] = useState<NetworkId | null>(null);
  const prove = (id: NetworkId) => {
    setNetwork(id);
    examine(id, gradients);
  };
  return (
    <>
      <Networks onProve={prove} />
      {network && <Comparison network={network} />}
    </>
  );
}

function Networks({ onProve }: { readonly onProve: (network: NetworkId) => void }) {
  const names = useNetworkNames();
  // While networks are built the check waits for them.
  const isPossible = useLab(({ status }) => status.kind !== 'failed');
  return (
    <div className="row">
      {names.map((name, index) => {
        const id = networkIds[index] ?? 'a';
        return (
          <Button key={id} isDisabled={!isPossible} onPress={() => onProve(id)}>
            <ShapeKey look={networkLooks[id]} />
            {name}
          </Button>
        );
      })}
    </div>
  );
}

function Comparison({ network }: { readonly network: NetworkId }) {
  const report = useLab((state) => state.reports.gradients?.[network]);
  const names = useNetworkNames();
  const isWaiting = useLab(({ examining }) => examining.some((each) => each.kind === gradients.kind));
  if (!report) return isWaiting && <p role="status">{words.waiting}</p>;
  const name = names[networkIds.indexOf(network)] ?? '';
  return (
    <>
      {/* Before the table, whose end may be out of sight. */}
      <p role="status" className="strong">
        {outcome(report)}
      </p>
      <Table
        columns={[words.parameter, words.engine, words.finite]}
        caption={words.caption(name, report.step, report.images)}
        isNumeric
      >
        <tbody>
          {report.pairs.map((pair) => (
            <Row key={`${pair.name} ${pair.index}`} pair={pair} />
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Row({ pair: { name, index, engine, finiteDifference } }: { readonly pair: GradientPair }) {
  return (
    <tr>
      <th scope="row">{words.place(name, index)}</th>
      <td>{exact(engine)}</td>
      <td>{exact(finiteDifference)}</td>
    </tr>
  );
}

/** The length of the difference as a share of the length of the finite differences, over all pairs. */
function outcome({ pairs, done, planned }: GradientsReport): string {
  if (done < planned) return words.progress(done, planned);
  const apart = Math.hypot(...pairs.map(({ engine, finiteDifference }) => engine - finiteDifference));
  const size = Math.hypot(...pairs.map(({ finiteDifference }) => finiteDifference));
  return size > 0 ? words.outcome(exact(apart / size)) : words.allZero;
}
