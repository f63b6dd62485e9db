import { useEffect, useState } from 'react';
import type { NetworkId } from '../../experiment/experiment.ts';
import { useCommands, useLab } from '../../session/hooks.ts';
import { type InsideAsk, type InsideReport, inside } from './report.ts';

export interface Inside {
  /** What was found last in this network; it says itself of which image and layer. */
  readonly report: InsideReport | null;
  /** Looks, and from then on looks again whenever something else is wished for. */
  readonly look: () => void;
}

/** Looks inside of a network, at what is wished for. */
export function useInside(network: NetworkId, { image, layer, at }: InsideAsk): Inside {
  const { examine } = useCommands();
  const report = useLab((state) => state.reports.inside?.[network] ?? null);
  const isUnderWay = useLab(({ examining }) => examining.some(({ kind }) => kind === 'inside'));
  /** How often somebody asked; nothing is computed before the first time. */
  const [asked, setAsked] = useState(0);
  const wish = [asked, network, image, layer, at].join();
  const [fulfilled, setFulfilled] = useState('');
  useEffect(() => {
    // What is asked for while another is under way would be forgotten: it has to wait for its turn.
    if (asked === 0 || isUnderWay || wish === fulfilled) return;
    setFulfilled(wish);
    examine(network, { ...inside, image, layer, at });
  }, [asked, isUnderWay, wish, fulfilled, examine, network, image, layer, at]);
  return { report, look: () => setAsked((times) => times + 1) };
}
