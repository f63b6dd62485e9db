import { useMemo, useState } from 'react';
import { laterText } from '../../messages/laterText.ts';
import { distinct } from '../../records/summary.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { ExaminationBar, type ExaminationState, useExamination } from '../examination/ExaminationBar.tsx';
import { LesionsChart } from './LesionsChart.tsx';
import { type LesionStatistics, removals, swaps } from './report.ts';
import type { LesionMeasure, LesionSeries, Operation } from './series.ts';

const words = laterText.lesions;
const usual = { removals, swaps };
const operations = (['removals', 'swaps'] as const).map((key) => ({ key, label: words.operations[key] }));
const statisticsOptions = (['kept', 'reestimated'] as const).map((key) => ({
  key,
  label: words.statisticsOptions[key],
}));
const measures = (['test', 'train'] as const).map((key) => ({ key, label: words.measures[key] }));

/** What a trained network's error becomes without each of its blocks, or with neighbours swapped. */
export default function LesionsPanel() {
  const [operation, setOperation] = useState<Operation>('removals');
  const [statistics, setStatistics] = useState<LesionStatistics>('kept');
  return (
    <>
      <div className="row at-top">
        <Segmented label={words.operation} options={operations} value={operation} onChange={setOperation} />
        <SelectField label={words.statistics} options={statisticsOptions} value={statistics} onChange={setStatistics} />
      </div>
      <Lesions operation={operation} statistics={statistics} />
      <p className="view-text">{words.note[operation]}</p>
    </>
  );
}

type Networks = ExaminationState<Operation>['networks'];

/** Only reports that were made with these statistics: others must not be compared with them. */
function madeWith(networks: Networks, statistics: LesionStatistics): Networks {
  return networks.map((network) =>
    network.report?.statistics === statistics ? network : { ...network, report: null },
  );
}

interface LesionsProps {
  readonly operation: Operation;
  readonly statistics: LesionStatistics;
}

function Lesions({ operation, statistics }: LesionsProps) {
  const state = useExamination<Operation>(usual[operation]);
  const networks = useMemo(() => madeWith(state.networks, statistics), [state.networks, statistics]);
  const [measure, setMeasure] = useState<LesionMeasure>('test');
  const series = useMemo(
    () =>
      networks.map(
        ({ id, name, report }): LesionSeries => ({
          id,
          name,
          whole: report?.whole ?? null,
          lesions: report?.lesions ?? [],
        }),
      ),
    [networks],
  );
  const reports = networks.flatMap(({ report }) => report ?? []);
  const condition = words.conditions[statistics];
  const steps = distinct(reports.map(({ step }) => step));
  const images = distinct(reports.map((report) => (measure === 'test' ? report.images : report.trainImages)));
  const isOver = reports.length === networks.length && reports.every(({ done, planned }) => done === planned);
  return (
    <>
      <ExaminationBar state={{ ...state, networks }} onStart={() => state.start({ ...usual[operation], statistics })} />
      <div className="instrument-chart">
        <LesionsChart
          title={words.title[operation]}
          subtitle={reports.length > 0 ? words.begun(condition, measure, images, steps) : words.subtitle(condition)}
          actions={
            <SelectField label={words.measure} isLabelHidden options={measures} value={measure} onChange={setMeasure} />
          }
          series={series}
          operation={operation}
          measure={measure}
          condition={condition}
          steps={steps}
          units={Math.max(1, ...reports.map(({ units }) => units))}
          empty={(isOver ? words.nothing : words.empty)[operation]}
        />
      </div>
    </>
  );
}
