import { percent } from '../../../messages/format.ts';
import { lessonText } from '../../../messages/lessonText.ts';
import { exact } from '../../../plot/format.ts';
import { ShapeKey } from '../../../plot/legend.tsx';
import { networkLooks } from '../../../plot/looks.ts';
import type { GraftReport } from '../../../records/graft.ts';
import { useCommands, useLab, useLabState } from '../../../session/hooks.ts';
import { Button } from '../../../ui/Button.tsx';
import { Table } from '../../../ui/Table.tsx';
import type { ExtraProps } from '../../lesson.ts';
import { QuietButton } from '../../panel/QuietButton.tsx';
import { useProgress } from '../../progress.ts';
import { graftKinds, graftsOnto } from './grafts.ts';

const words = lessonText.extras.graft;

/** The operation: from a trained base to four networks that it is inside of. */
export default function GraftView({ isAsked }: ExtraProps) {
  const { graft, open } = useCommands();
  const stateNow = useLabState();
  const own = useProgress((state) => state.own);
  const isGraft = useLab(({ base }) => base !== null);
  const report = useLab((state) => state.graft);
  const isTrained = useLab(({ status }) => status.kind === 'finished');
  if (!isGraft) {
    const insert = () => graft('a', graftsOnto(stateNow().experiment));
    return (
      <div className="column lesson-card">
        {isTrained ? (
          <Button look="primary" isDisabled={!isAsked} onPress={insert} data-onward>
            {words.insert}
          </Button>
        ) : (
          <p>{words.ready}</p>
        )}
      </div>
    );
  }
  return (
    <div className="column lesson-card">
      {report && isAsked && <Inserted report={report} />}
      {!report && <p role="status">{words.inserting}</p>}
      {report && !isTrained && <p>{words.trainOn}</p>}
      {own && <QuietButton onPress={() => open(own)}>{words.startAgain}</QuietButton>}
    </div>
  );
}

/** What inserting alone has changed. */
function Inserted({ report }: { readonly report: GraftReport }) {
  return (
    <Table
      columns={[words.network, words.change, words.after]}
      caption={words.caption(report.images, percent(report.testErrorBefore))}
      isNumeric
    >
      <tbody>
        {report.networks.map(({ network, logitChange, testErrorAfter }, index) => (
          <tr key={network}>
            <th scope="row">
              <ShapeKey look={networkLooks[network]} />
              {words.kinds[graftKinds[index] ?? 'base+conv']}
            </th>
            <td data-graft={graftKinds[index]}>{logitChange === 0 ? words.exact : exact(logitChange)}</td>
            <td>{percent(testErrorAfter)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
