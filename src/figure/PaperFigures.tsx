import { networkIds } from '../experiment/experiment.ts';
import { isLikeCifar10, type Report, reportOf } from '../experiment/paper.ts';
import { laterText } from '../messages/laterText.ts';
import { useLab, useNetworkNames } from '../session/hooks.ts';
import { Table } from '../ui/Table.tsx';

const words = laterText.paper;

function said(report: Report): string {
  return typeof report === 'string' ? words[report] : words.error(report.testError, report.remark ?? '');
}

/** What He et al. report of networks that are theirs, trained on images like theirs, beside what has been measured here; nothing of others. */
export function PaperFigures() {
  const { networks, training } = useLab((state) => state.experiment);
  const runs = useLab((state) => state.runs);
  const names = useNetworkNames();
  const reports = networks.map(reportOf);
  if (!isLikeCifar10(training.data) || reports.every((report) => report === null)) return null;
  return (
    <section className="panel paper-figures" aria-label={words.title}>
      <Table caption={words.title} columns={words.columns} isNumeric>
        <tbody>
          {reports.map((report, index) => {
            const last = runs[networkIds[index] ?? 'a']?.evaluations.at(-1);
            if (report === null) return null;
            return (
              <tr key={names[index]}>
                <th scope="row">{names[index]}</th>
                <td>{said(report)}</td>
                <td>{last ? words.here(100 * last.testError, last.step) : words.notYet}</td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <p className="note linked">
        {words.theirs} <a href="https://arxiv.org/abs/1512.03385">{words.source}</a>
      </p>
    </section>
  );
}
