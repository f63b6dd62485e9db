import { useEffect, useRef } from 'react';
import type { Views } from '../../session/views.ts';
import { useStorePerFrame } from '../../ui/useStorePerFrame.ts';

/** Takes the runs that the address holds, once; then the address is that of the view. */
export function useHandedIn(views: Views, take: (text: string) => void): void {
  const ofClass = useStorePerFrame(views, (state) => state.ofClass);
  const taking = useRef(take);
  taking.current = take;
  useEffect(() => {
    if (!ofClass?.startsWith('ds1.')) return;
    taking.current(ofClass);
    views.setState({ ofClass: null });
  }, [views, ofClass]);
}
