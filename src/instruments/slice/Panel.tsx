import { useMemo, useState } from 'react';
import { laterText } from '../../messages/laterText.ts';
import type { ValueAxis } from '../../plot/axis.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { distanceText, type Slice } from './slices.ts';
import './slice.css';
import { useSteady } from '../../plot/scale.ts';
import { ExaminationBar, type ExaminedNetwork, useExamination } from '../examination/ExaminationBar.tsx';
import { contourLevels, lossExtent, sliceAxis } from './contours.ts';
import { LineChart } from './LineChart.tsx';
import { PlaneChart } from './PlaneChart.tsx';
import { lossLine, lossPlane, type SliceRequest } from './report.ts';

const words = laterText.slice;

const looks = (['line', 'plane'] as const).map((key) => ({ key, label: words.looks[key] }));
const scales = (['log', 'linear'] as const).map((key) => ({ key, label: words.scales[key] }));
const radii = [0.25, 0.5, 1, 2];
const imageCounts = [128, 256, 512];
/** Points along each direction of a plane; Li et al. have 51. */
const sides = [11, 25, 51];

/** The loss around the weights, along one random direction or in a plane of two. */
export default function SlicePanel() {
  const [look, setLook] = useState<'line' | 'plane'>('line');
  const [scale, setScale] = useState<ValueAxis['kind']>('log');
  const [radius, setRadius] = useState(lossPlane.radius);
  const [images, setImages] = useState(lossPlane.images);
  const [side, setSide] = useState(lossPlane.side);
  return (
    <>
      <div className="row at-bottom">
        <Segmented label={words.look} options={looks} value={look} onChange={setLook} />
        {look === 'plane' && (
          <Choice label={words.side} values={sides} nameOf={words.sides} value={side} onChange={setSide} />
        )}
        <Choice label={words.radius} values={radii} nameOf={distanceText} value={radius} onChange={setRadius} />
        <Choice label={words.images} values={imageCounts} nameOf={String} value={images} onChange={setImages} />
        <SelectField label={words.scale} options={scales} value={scale} onChange={setScale} />
      </div>
      {look === 'line' ? (
        <LineSlice asked={{ side: lossLine.side, radius, images }} scale={scale} />
      ) : (
        <PlaneSlice asked={{ side, radius, images }} scale={scale} />
      )}
      <p className="view-text">{words.note}</p>
      <p className="view-text">{words.caution}</p>
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly values: readonly number[];
  readonly nameOf: (value: number) => string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** One number out of a few. */
function Choice({ label, values, nameOf, value, onChange }: ChoiceProps) {
  const options = values.map((each) => ({ key: String(each), label: nameOf(each) }));
  return (
    <SelectField label={label} options={options} value={String(value)} onChange={(key) => onChange(Number(key))} />
  );
}

export interface SliceProps {
  readonly asked: SliceRequest;
  readonly scale: ValueAxis['kind'];
}

/** The loss along a random direction, for all networks in one chart. */
function LineSlice({ asked, scale }: SliceProps) {
  const state = useExamination(lossLine);
  const slices = useMemo(() => slicesOf(state.networks), [state.networks]);
  return (
    <>
      <ExaminationBar state={state} onStart={() => state.start({ ...lossLine, ...asked })} />
      <div className="instrument-chart">
        <LineChart slices={slices} scale={scale} />
      </div>
    </>
  );
}

/** The loss in a plane of two random directions, a chart for each network: all with the same colours and contours. */
function PlaneSlice({ asked, scale }: SliceProps) {
  const state = useExamination(lossPlane);
  const slices = useMemo(() => slicesOf(state.networks), [state.networks]);
  const { low, high } = lossExtent(slices.map(({ report }) => report));
  // The same objects until they change, so that only the network that is being examined is drawn anew.
  const axis = useSteady(sliceAxis({ low, high }, scale));
  const levels = useMemo(() => contourLevels({ low, high }), [low, high]);
  return (
    <>
      <ExaminationBar state={state} onStart={() => state.start({ ...lossPlane, ...asked })} />
      {slices.length === 0 && <p className="view-text">{laterText.slice.plane.empty}</p>}
      <div className="row at-top slice-planes">
        {slices.map((slice) => (
          <div key={slice.id} className="slice-plane">
            <PlaneChart slice={slice} axis={axis} levels={levels} />
          </div>
        ))}
      </div>
    </>
  );
}

/** The networks of which something is known. */
function slicesOf(networks: readonly ExaminedNetwork<'lossLine' | 'lossPlane'>[]): Slice[] {
  return networks.flatMap(({ id, name, report }) => (report ? [{ id, name, report }] : []));
}
