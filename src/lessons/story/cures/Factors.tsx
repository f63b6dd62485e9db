import { useMemo } from 'react';
import { networkIds } from '../../../experiment/experiment.ts';
import { figuresOf } from '../../../messages/figures.ts';
import { lessonText } from '../../../messages/lessonText.ts';
import { text } from '../../../messages/messages.ts';
import { graphOf } from '../../../network/build.ts';
import { gradientTheory } from '../../../network/theory.ts';
import { ShapeKey } from '../../../plot/legend.tsx';
import { networkLooks } from '../../../plot/looks.ts';
import { factorPerLayer } from '../../../records/summary.ts';
import { useImageFormat, useLab, useNetworkNames } from '../../../session/hooks.ts';
import { Table } from '../../../ui/Table.tsx';
import { factorAt } from '../../evidence.ts';

const words = lessonText.extras.factors;

const factorText = (factor: number) => `× ${figuresOf({ factor }).factor('factor')}`;

/** Theory's factor per layer beside the run's own. */
export default function Factors() {
  const networks = useLab(({ experiment }) => experiment.networks);
  const format = useImageFormat();
  const runs = useLab((state) => state.runs);
  const names = useNetworkNames();
  const predicted = useMemo(
    () => networks.map((each) => factorPerLayer(gradientTheory(graphOf(each, format), each) ?? [])),
    [networks, format],
  );
  return (
    <Table columns={[words.network, words.predicted, words.measured]} caption={words.caption} isNumeric>
      <tbody>
        {networks.map((_, index) => {
          const id = networkIds[index] ?? 'a';
          const run = runs[id];
          const measured = run && run.steps > 0 ? factorAt(run, 1) : null;
          const theory = predicted[index];
          return (
            <tr key={id}>
              <th scope="row">
                <ShapeKey look={networkLooks[id]} />
                {names[index]}
              </th>
              <td>{theory ? factorText(theory) : words.unknown}</td>
              <td>{measured ? factorText(measured) : text.charts.none}</td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
