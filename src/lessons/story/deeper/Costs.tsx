import { useMemo } from 'react';
import { depthOf } from '../../../experiment/stack.ts';
import { number } from '../../../messages/format.ts';
import { lessonText } from '../../../messages/lessonText.ts';
import { text } from '../../../messages/messages.ts';
import { graphOf } from '../../../network/build.ts';
import { costOf } from '../../../network/cost.ts';
import { useImageFormat, useLab } from '../../../session/hooks.ts';
import { Table } from '../../../ui/Table.tsx';

const words = lessonText.extras.costs;

/** Depth, parameters and arithmetic of the networks on the page. */
export default function Costs() {
  const networks = useLab(({ experiment }) => experiment.networks);
  const format = useImageFormat();
  const rows = useMemo(() => {
    const names = text.names.networks(networks, format.size);
    return networks.map((network, index) => {
      const { parameters, trainingFlops } = costOf(graphOf(network, format));
      return { name: names[index] ?? '', depth: depthOf(network.stack), parameters, trainingFlops };
    });
  }, [networks, format]);
  return (
    <>
      <Table columns={[words.network, words.layers, words.parameters, words.flops]} caption={words.caption} isNumeric>
        <tbody>
          {rows.map(({ name, depth, parameters, trainingFlops }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{number(depth)}</td>
              <td>{number(parameters)}</td>
              <td>{words.mega(trainingFlops)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="note">{words.flopsNote}</p>
    </>
  );
}
