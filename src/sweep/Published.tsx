import { useState } from 'react';
import { published } from '../experiment/paper.ts';
import { number } from '../messages/format.ts';
import { laterText } from '../messages/laterText.ts';
import { Table } from '../ui/Table.tsx';

const words = laterText.sweep.published;

/** Where the settings stand beside the pictures, and not above them. */
const roomBeside = '(width >= 60rem)';

/** The numbers that He et al. printed, clearly theirs: in sight beside the pictures, folded where they would push them away. */
export function Published() {
  const [isOpen] = useState(() => matchMedia(roomBeside).matches);
  return (
    <details className="disclosure" open={isOpen}>
      <summary className="small strong">{words.title}</summary>
      <p className="view-text">{words.theirs}</p>
      <Table columns={words.columns}>
        <tbody>
          {published.map(({ layers, testError, remark, millions }) => (
            <tr key={layers}>
              <th scope="row">{number(layers)}</th>
              <td>{words.error(testError, remark ?? '')}</td>
              <td>{words.millions(millions)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="view-text">{words.plain}</p>
      <p className="view-text linked">
        <a href="https://arxiv.org/abs/1512.03385">{words.source}</a>
      </p>
    </details>
  );
}
