import { createContext } from 'react';
import { text } from '../messages/messages.ts';

/** Where the figures of a chart come from: what a picture or table of it says when it stands alone. */
export interface ChartAbout {
  /** The networks, for instance "Plain, 38 layers; Residual, 38 layers". */
  readonly networks: string;
  /** The address of the experiment. */
  readonly link: string;
  /** Sentences that say why the address alone does not repeat what is drawn; none where it does. */
  readonly notRepeated?: readonly string[];
  readonly seeds: readonly number[];
  /** Engine, backend and device, in words. */
  readonly engine: string;
  readonly data: string;
}

/** Of the charts inside: asked when something is saved, so that nothing is drawn anew while it changes. */
export const AboutContext = createContext<() => ChartAbout | null>(() => null);

/** The lines below an exported picture and above an exported table. */
export function aboutLines(about: ChartAbout | null, date: Date): string[] {
  const words = text.charts.tools.about;
  const made = words.made(date.toISOString().slice(0, 16).replace('T', ' '));
  if (!about) return [made];
  const { notRepeated = [] } = about;
  const link = notRepeated.length === 0 ? words.link : words.settings;
  return [
    words.networks(about.networks),
    words.seeds(about.seeds),
    words.data(about.data),
    words.engine(about.engine),
    made,
    link(about.link),
    ...notRepeated,
  ];
}
