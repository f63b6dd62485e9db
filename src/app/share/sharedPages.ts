/**
 * Lessons and experiments with a page of their own in the build, which crawlers and chat programs can read: they never see what stands behind a `#`.
 * `tools/staticPages.ts` writes them.
 */
import { type ExperimentKey, experimentEntries } from '../../experiment/chooser.ts';
import { formatLink } from '../../experiment/link.ts';

export interface SharedPage {
  /** Of its file, without `.html`. */
  readonly name: string;
  /** What it opens, with its `#`. */
  readonly link: string;
}

/** Those that people tell each other of, by the names of their pages, which stay: they stand in other people's pages. */
export const sharedExperiments = {
  'plain-and-residual-38': 't7-twins-38',
  'plain-8-to-56': 't7-plain',
  vanishing: 'f7-sigmoid',
  exploding: 'f7-exploding',
  'alexnet-and-vgg': 'architectures',
} as const satisfies Readonly<Record<string, ExperimentKey>>;

const LESSONS = 9;

export const sharedPages: readonly SharedPage[] = [
  ...Array.from({ length: LESSONS }, (_, index) => ({ name: `lesson-${index + 1}`, link: `#lesson=${index + 1}` })),
  ...Object.entries(sharedExperiments).flatMap(([name, wanted]) =>
    experimentEntries
      .filter(({ key }) => key === wanted)
      .map(({ experiment }) => ({ name, link: formatLink(experiment) })),
  ),
];

/** The address that is shared of a link: its own page, where there is one, and it is asked for nothing besides. */
export function addressOf(link: string): string {
  const page = sharedPages.find((each) => each.link === link);
  const isBuilt = import.meta.env.PROD && location.search === '';
  return new URL(page && isBuilt ? `./${page.name}.html` : link, location.href).href;
}
