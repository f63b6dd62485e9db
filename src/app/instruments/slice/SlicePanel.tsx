import { useState } from 'react';
import type { ValueAxis } from '../../../charts/scale/axis.ts';
import { text } from '../../../messages/messages.ts';
import { Segmented } from '../../../ui/Segmented.tsx';
import { SelectField } from '../../../ui/SelectField.tsx';
import { LineSlice } from './LineSlice.tsx';
import { PlaneSlice } from './PlaneSlice.tsx';
import './slice.css';

const words = text.slice;

const looks = (['line', 'plane'] as const).map((key) => ({ key, label: words.looks[key] }));
const scales = (['log', 'linear'] as const).map((key) => ({ key, label: words.scales[key] }));
const radii = ['0.25', '0.5', '1', '2'] as const;
const imageCounts = ['128', '256', '512'] as const;
/** Li et al. have 51. */
const sides = ['11', '25', '51'] as const;
/** Points of a line. */
const LINE = 41;

/** The loss around the weights, along one random direction or in a plane of two. */
export default function SlicePanel() {
  const [look, setLook] = useState<'line' | 'plane'>('line');
  const [scale, setScale] = useState<ValueAxis['kind']>('log');
  const [radius, setRadius] = useState<(typeof radii)[number]>('1');
  const [images, setImages] = useState<(typeof imageCounts)[number]>('128');
  const [side, setSide] = useState<(typeof sides)[number]>('25');
  const where = { radius: Number(radius), images: Number(images) };
  return (
    <>
      <div className="slice-settings">
        <Segmented label={words.look} options={looks} value={look} onChange={setLook} />
        {look === 'plane' && (
          <SelectField
            label={words.side}
            options={sides.map((key) => ({ key, label: words.sides(Number(key)) }))}
            value={side}
            onChange={setSide}
          />
        )}
        <SelectField label={words.radius} options={plain(radii)} value={radius} onChange={setRadius} />
        <SelectField label={words.images} options={plain(imageCounts)} value={images} onChange={setImages} />
        <SelectField label={words.scale} options={scales} value={scale} onChange={setScale} />
      </div>
      {look === 'line' ? (
        <LineSlice asked={{ ...where, side: LINE }} scale={scale} />
      ) : (
        <PlaneSlice asked={{ ...where, side: Number(side) }} scale={scale} />
      )}
      <p className="view-text">{words.note}</p>
      <p className="view-text">{words.caution}</p>
    </>
  );
}

function plain<K extends string>(values: readonly K[]): { key: K; label: string }[] {
  return values.map((key) => ({ key, label: key }));
}
