import { mean } from 'd3-array';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { DepthChart } from '../../figure/FinalChart.tsx';
import type { FinalMeasure } from '../../figure/finalRuns.ts';
import { lessons } from '../../lessons/lessons.ts';
import { percent } from '../../messages/format.ts';
import { laterText } from '../../messages/laterText.ts';
import { text } from '../../messages/messages.ts';
import { depthOfRun, finalErrors, kindOfRun, type NetworkRun } from '../../session/runs.ts';
import { runOfCell } from '../../session/sweeps/finishedCell.ts';
import type { Views } from '../../session/views.ts';
import { Button } from '../../ui/Button.tsx';
import { ModalDialog } from '../../ui/ModalDialog.tsx';
import { QrImage } from '../../ui/QrImage.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import type { HostClient } from '../host.ts';
import { choices, type News, type Plan } from '../protocol.ts';
import { ResultTable } from '../ResultTable.tsx';
import { SaveRecords } from '../SaveRecords.tsx';
import { Gone } from './Gone.tsx';

const words = laterText.classroom.teacher;
const measures = (['train', 'test'] as const).map((key) => ({ key, label: text.charts.depth.measures[key] }));

const places = [
  { key: '0', label: words.training },
  ...lessons.map(({ key }, index) => ({
    key: String(index + 1),
    label: text.lessons.entry(index + 1, text.lessons.titles[key]),
  })),
];

export interface TeacherProps {
  readonly code: string;
  readonly client: HostClient;
  readonly views: Views;
}

/** A class on the projector: how to join, who is where, the bets, and the figure that fills; the teacher's controls; and, folded, every run. */
export function Teacher({ code, client, views }: TeacherProps) {
  const { plan, news, results, origin, share, connection, refusal } = useStore(client.store);
  const [measure, setMeasure] = useState<FinalMeasure>('train');
  const [isClosing, setClosing] = useState(false);
  const all = useMemo(() => [...results.values()], [results]);
  const runs = useMemo(() => {
    const shown = all.filter(({ isStruck }) => !isStruck);
    // Whoever trains the same network on an engine of the same kind gets the same numbers: one dot.
    return [...new Map(shown.map(({ cell }) => [cell.key, cell])).values()].map((cell) => runOfCell(cell));
  }, [all]);
  if (refusal !== null) return <Gone why={refusal} />;
  if (!plan || !news) return <p className="view-loading">{words.connecting}</p>;
  const { pathname, origin: own } = location;
  const address = `${origin ?? own}${pathname}#class=${code}`;
  return (
    <>
      <div className="grid class-projector">
        <section className="panel column class-code padded" aria-label={words.joinHere}>
          <p className="class-letters">{code}</p>
          <div className="row class-way">
            <QrImage text={address} label={words.qr} tooLong="" />
            <dl className="class-counts stacked">
              {words.counts(news.joined, news.training, news.done).map(([name, count]) => (
                <div key={name}>
                  <dt className="soft small">{name}</dt>
                  <dd className="strong">{count}</dd>
                </div>
              ))}
            </dl>
          </div>
          <p className="large tight breakable">
            {words.typed(address.replace(/^https?:\/\//, '').replace(/\/?#.*/, ''))}
          </p>
          {share !== null && news.training > 0 && <p className="note">{words.share(share)}</p>}
          <Bets news={news} plan={plan} runs={runs} />
        </section>
        <section className="panel class-chart padded">
          <DepthChart
            finished={runs}
            measure={measure}
            title={laterText.classroom.charts.titles[measure]}
            subtitle={laterText.classroom.charts.subtitle}
          />
        </section>
      </div>
      <section className="panel row at-bottom" aria-label={words.controls}>
        <Button look="primary" onPress={() => client.steer({ isPaused: !news.pace.isPaused })}>
          {news.pace.isPaused ? (news.done === 0 ? words.start : words.goOn) : words.pause}
        </Button>
        <SelectField
          label={words.place}
          options={places}
          value={String(news.pace.lesson ?? 0)}
          onChange={(key) => client.steer({ lesson: Number(key) || null })}
        />
        <Segmented label={words.measure} options={measures} value={measure} onChange={setMeasure} />
        <Button onPress={() => client.steer({ isOpen: !news.pace.isOpen })}>
          {news.pace.isOpen ? words.shut : words.letIn}
        </Button>
        <Button onPress={() => setClosing(true)}>{words.close}</Button>
        {isClosing && (
          <ModalDialog title={words.close} closeLabel={words.keep} onClose={() => setClosing(false)}>
            <div className="column">
              <p>{words.sure}</p>
              <div className="row">
                <Button look="primary" onPress={client.close}>
                  {words.closeIt}
                </Button>
                <Button onPress={() => setClosing(false)}>{words.keep}</Button>
                {all.length > 0 && <SaveRecords cells={all.map(({ cell }) => cell)} />}
              </div>
            </div>
          </ModalDialog>
        )}
        <span className="view-text" role="status">
          {connection === 'lost' ? words.lost : news.pace.isOpen ? '' : words.isShut}
        </span>
      </section>
      {all.length > 0 && (
        <details className="panel padded disclosure">
          <summary className="strong">{words.runs(all.length)}</summary>
          <SaveRecords cells={all.map(({ cell }) => cell)} />
          <ResultTable
            results={all}
            views={views}
            nameOf={({ key }) => laterText.classroom.nameOf(results.get(key)?.number ?? 0)}
            action={{
              word: ({ isStruck }) => (isStruck ? words.putBack : words.strike),
              run: ({ key, isStruck }) => client.strike(key, !isStruck),
            }}
          />
        </details>
      )}
    </>
  );
}

/** Mean training error of the runs of a kind at a depth; null where there are none, or all have diverged. */
function meanError(runs: readonly NetworkRun[], depth: number, kind: 'plain' | 'residual'): number | null {
  const errors = runs.flatMap((run) =>
    depthOfRun(run) === depth && kindOfRun(run) === kind ? (finalErrors(run)?.trainError ?? []) : [],
  );
  return mean(errors) ?? null;
}

interface BetsProps {
  readonly news: News;
  readonly plan: Plan;
  readonly runs: readonly NetworkRun[];
}

/** The bets: how many there are until training starts, then what they were, beside what the class has found so far. */
function Bets({ news, plan, runs }: BetsProps) {
  const { predictions, pace, training, done } = news;
  const all = choices.reduce((sum, choice) => sum + predictions[choice], 0);
  const deepest = Math.max(...plan.depths);
  const isSecret = pace.isPaused && training === 0 && done === 0;
  const [plain, residual] = [meanError(runs, deepest, 'plain'), meanError(runs, deepest, 'residual')];
  return (
    <div className="column class-bets">
      <h3 className="text">{words.question(deepest)}</h3>
      {isSecret ? (
        <p>{words.bets(all)}</p>
      ) : (
        <dl className="stacked">
          {choices.map((choice) => (
            <div key={choice}>
              <dt>{text.home.bet.options[choice]}</dt>
              <dd>
                <span
                  className="class-bar"
                  data-choice={choice}
                  style={{ inlineSize: `${(70 * predictions[choice]) / Math.max(1, all)}%` }}
                />
                {predictions[choice]}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {plain !== null && residual !== null && <p>{words.found(percent(plain), percent(residual))}</p>}
    </div>
  );
}
