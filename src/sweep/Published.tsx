import { useState } from 'react';
import { laterText } from '../messages/laterText.ts';
import { Table } from '../ui/Table.tsx';

const words = laterText.sweep.published;

/**
 * He et al. 2015 (arXiv 1512.03385), Table 6: residual networks on CIFAR-10, full size, 64,000 iterations. Of the plain ones
 * the paper prints no errors: they are drawn in its Fig. 6 only, and none is given here.
 */
interface PublishedError {
  readonly depth: number;
  /** Test error in per cent; of the best run where there were several. */
  readonly testError: number;
  /** Mean and standard deviation of five runs, where the paper gives them. */
  readonly remark?: string;
  /** Parameters, in millions. */
  readonly millions: number;
}

const published: readonly PublishedError[] = [
  { depth: 20, testError: 8.75, millions: 0.27 },
  { depth: 32, testError: 7.51, millions: 0.46 },
  { depth: 44, testError: 7.17, millions: 0.66 },
  { depth: 56, testError: 6.97, millions: 0.85 },
  { depth: 110, testError: 6.43, remark: '6.61 ± 0.16', millions: 1.7 },
  { depth: 1202, testError: 7.93, millions: 19.4 },
];

/** Where the settings stand beside the pictures, and not above them. */
const roomBeside = '(width >= 60rem)';

/** The numbers that He et al. printed, clearly theirs: in sight beside the pictures, folded where they would push them away. */
export function Published() {
  const [isOpen] = useState(() => matchMedia(roomBeside).matches);
  return (
    <details className="sweep-published" open={isOpen}>
      <summary>{words.title}</summary>
      <p className="view-text">{words.theirs}</p>
      <Table columns={words.columns}>
        <tbody>
          {published.map(({ depth, testError, remark, millions }) => (
            <tr key={depth}>
              <th scope="row">{depth}</th>
              <td>{words.error(testError, remark ?? '')}</td>
              <td>{words.millions(millions)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="view-text">{words.plain}</p>
      <p className="view-text">
        <a href="https://arxiv.org/abs/1512.03385">{words.source}</a>
      </p>
    </details>
  );
}
