import { type CSSProperties, useMemo, useState } from 'react';
import { laterText } from '../../messages/laterText.ts';
import { distinct } from '../../records/summary.ts';
import { useClasses, useTestImages } from '../../session/hooks.ts';
import { NumberField } from '../../ui/EntryField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { ExaminationBar, useExamination } from '../examination/ExaminationBar.tsx';
import { innerProducts, type Similarity, similarities } from './autocorrelation.ts';
import { LagsChart } from './LagsChart.tsx';
import { LINE_POINTS, type ShatteringReport, shattering } from './report.ts';
import { TilesChart } from './TilesChart.tsx';
import type { ShatteredNetwork } from './tiles.ts';

const words = laterText.shattering;

const similarityOptions = similarities.map((key) => ({ key, label: words.similarities[key] }));

function lineText(
  { ends: [from, to], labels }: ShatteringReport,
  steps: readonly number[],
  classes: readonly string[],
) {
  const [fromClass = '', toClass = ''] = labels.map((label) => classes[label]);
  return words.line(from + 1, fromClass, to + 1, toClass, steps);
}

/** How alike the gradients by the image are along the line between two test images, and what they look like. */
export default function ShatteringPanel() {
  const [chosen, setChosen] = useState<Ends>(shattering.ends);
  const count = useTestImages();
  const ends = Math.max(...chosen) < count ? chosen : shattering.ends;
  const [similarity, setSimilarity] = useState<Similarity>('cosine');
  const state = useExamination(shattering);
  // Only what was computed along this line: others must not be compared with it.
  const networks = useMemo(
    () => state.networks.map((each) => ({ ...each, report: isAlong(ends, each.report) ? each.report : null })),
    [state.networks, ends],
  );
  const shattered = useMemo(
    () =>
      networks.flatMap(({ id, name, report }): ShatteredNetwork[] =>
        report ? [{ id, name, report, products: innerProducts(report.gradients, LINE_POINTS) }] : [],
      ),
    [networks],
  );
  const classes = useClasses();
  const steps = distinct(shattered.map(({ report }) => report.step));
  const [first] = shattered;
  const subtitle = first && lineText(first.report, steps, classes);
  return (
    <>
      <div className="row at-top">
        <EndFields ends={ends} count={count} onChange={setChosen} />
      </div>
      <ExaminationBar state={{ ...state, networks }} onStart={() => state.start({ ...shattering, ends })} />
      <div className="instrument-chart">
        <LagsChart
          networks={shattered}
          similarity={similarity}
          steps={steps}
          subtitle={subtitle}
          actions={
            <SelectField
              label={words.similarity}
              isLabelHidden
              options={similarityOptions}
              value={similarity}
              onChange={setSimilarity}
            />
          }
        />
      </div>
      <p className="view-text">{words.note[similarity]}</p>
      <div className="instrument-tiles" style={{ '--bands': networks.length + 1 } as CSSProperties}>
        <TilesChart networks={shattered} subtitle={subtitle} />
      </div>
    </>
  );
}

function isAlong(ends: Ends, report: ShatteringReport | null): boolean {
  return report?.ends.every((end, index) => end === ends[index]) ?? false;
}

/** Test images by index, from 0; people count from 1. */
export type Ends = readonly [number, number];

interface EndFieldsProps {
  readonly ends: Ends;
  /** Of the test images. */
  readonly count: number;
  readonly onChange: (ends: Ends) => void;
}

/** The two test images that a line runs between. */
function EndFields({ ends: [from, to], count, onChange }: EndFieldsProps) {
  const read = (typed: string) => {
    const value = Number(typed.trim());
    const isThere = Number.isInteger(value) && value >= 1 && value <= count;
    return isThere ? { value: value - 1 } : { error: words.endProblem(count) };
  };
  const shared = { range: words.endRange(count), format: (end: number) => String(end + 1), read };
  const commit = (next: Ends): string | null => {
    if (next[0] === next[1]) return words.sameProblem;
    onChange(next);
    return null;
  };
  return (
    <>
      <NumberField {...shared} label={words.from} value={from} onCommit={(end) => commit([end, to])} />
      <NumberField {...shared} label={words.to} value={to} onCommit={(end) => commit([from, end])} />
    </>
  );
}
