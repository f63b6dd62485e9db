import { useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { useSteadyAxis } from '../../plot/scale.ts';
import { ExaminationBar } from '../examination/ExaminationBar.tsx';
import { useExamination } from '../examination/useExamination.ts';
import { lossExtent, sliceAxis } from './axis.ts';
import { contourLevels } from './contours.ts';
import type { SliceProps } from './LineSlice.tsx';
import { PlaneChart } from './PlaneChart.tsx';
import { lossPlane } from './report.ts';
import { slicesOf } from './slicesOf.ts';

/** The loss in a plane of two random directions, a chart for each network: all with the same colours and contours. */
export function PlaneSlice({ asked, scale }: SliceProps) {
  const state = useExamination(lossPlane);
  const slices = useMemo(() => slicesOf(state.networks), [state.networks]);
  const { low, high } = lossExtent(slices.map(({ report }) => report));
  // The same objects until they change, so that only the network that is being examined is drawn anew.
  const axis = useSteadyAxis(sliceAxis({ low, high }, scale));
  const levels = useMemo(() => contourLevels({ low, high }), [low, high]);
  return (
    <>
      <ExaminationBar state={state} onStart={() => state.start({ ...lossPlane, ...asked })} />
      {slices.length === 0 && <p className="view-text">{text.slice.plane.empty}</p>}
      <div className="slice-planes">
        {slices.map((slice) => (
          <div key={slice.id} className="slice-plane">
            <PlaneChart slice={slice} axis={axis} levels={levels} />
          </div>
        ))}
      </div>
    </>
  );
}
