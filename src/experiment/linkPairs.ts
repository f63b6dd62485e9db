/** The first reading of a link: its `key=value` pairs, with everything that is no key of ours set aside. */
import { networkIds } from './experiment.ts';
import { limits } from './limits.ts';
import { repairLink } from './linkRepair.ts';
import { type Problem, problem, shorten } from './problem.ts';
import { networkSettingKeys, trainingSettingKeys } from './settings.ts';

const sharedKeys = ['width', ...networkSettingKeys];
const ownKeys = networkIds.flatMap((id) => sharedKeys.map((key) => `${id}.${key}`));
/** Of a sweep, which stands beside its experiment: `sweep/text.ts` reads them. */
export const sweepKeys = ['sweep', 'kinds', 'seeds'] as const;
/** Of the page: which of its views is shown, which lesson is open at which of its parts, and which class is met. */
const pageKeys = ['view', 'lesson', 'part', 'class'];
const keys: ReadonlySet<string> = new Set([
  'v',
  ...networkIds,
  ...sharedKeys,
  ...ownKeys,
  'data',
  ...trainingSettingKeys,
  ...sweepKeys,
  ...pageKeys,
]);

export interface LinkPairs {
  /** Only known keys, each once. */
  readonly pairs: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Splits a hash (with or without its `#`) once it is repaired; of a key that is there twice, the first value counts. `+` is a plus. Of a link
 * that is too long nothing is read, so that whatever reads pairs takes a bounded time.
 */
export function readPairs(hash: string): LinkPairs {
  const link = repairLink(hash);
  if (link.length > limits.linkLength) {
    return { pairs: new Map(), problems: [problem('link.tooLong', { length: link.length, limit: limits.linkLength })] };
  }
  const pairs = new Map<string, string>();
  const problems: Problem[] = [];
  for (const part of link.split('&')) {
    const [key, value] = part.split(/=(.*)/s, 2).map((side) => side.trim());
    const name = key?.toLowerCase() ?? '';
    if (part === '') continue;
    if (name === '' || value === undefined) problems.push(problem('link.malformed', { part: shorten(part) }));
    else if (!keys.has(name)) problems.push(problem('link.unknownKey', { key: shorten(name) }));
    else if (pairs.has(name)) problems.push(problem('link.duplicate', { key: name }));
    else pairs.set(name, value);
  }
  return { pairs, problems };
}
