import { memo, useMemo } from 'react';
import { networkIds } from '../experiment/experiment.ts';
import { StepsChart } from '../figure/StepsChart.tsx';
import type { StepSeries } from '../figure/stepSeries.ts';
import { laterText } from '../messages/laterText.ts';
import { networkLooks } from '../plot/looks.ts';
import { Table } from '../ui/Table.tsx';
import { differences, type Entry } from './entries.ts';

const words = laterText.library.comparison;

/** The number of colours and shapes. */
export const MOST_COMPARED = networkIds.length;

function seriesOf({ run }: Entry, index: number): StepSeries {
  return {
    label: words.letter(index),
    look: networkLooks[networkIds[index] ?? 'a'],
    runs: [run],
  };
}

/** The curves of some finished runs, and the settings in which the runs differ. */
export const Comparison = memo(function Comparison({ entries }: { readonly entries: readonly Entry[] }) {
  const series = useMemo(() => entries.map(seriesOf), [entries]);
  const rows = useMemo(() => differences(entries), [entries]);
  const errors = entries.flatMap(({ run }) => run.evaluations.flatMap((each) => [each.trainError, each.testError]));
  return (
    <>
      <section className="panel view-chart">
        <StepsChart
          title={words.title}
          subtitle={words.subtitle}
          series={series}
          axis={words.axis}
          lastStep={Math.max(1, ...entries.map(({ run }) => run.steps))}
          empty={words.empty}
          atLeast={Math.max(0, ...errors)}
        />
      </section>
      <section className="panel column">
        <h2 className="text tight">{words.differences}</h2>
        <Table
          columns={[words.setting, ...entries.map(({ name }, index) => words.named(words.letter(index), name))]}
          region={words.differences}
        >
          <tbody>
            {rows.map(({ setting, values }) => (
              <tr key={setting}>
                <th scope="row">{setting}</th>
                {values.map((value, index) => (
                  <td key={entries[index]?.cell.key}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
        {rows.length === 0 && <p className="view-text">{words.same}</p>}
      </section>
    </>
  );
});
