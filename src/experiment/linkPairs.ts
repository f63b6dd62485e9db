/** The first reading of a link: its `key=value` pairs, with everything that is no key of ours set aside. */
import { networkIds } from './experiment.ts';
import { limits } from './limits.ts';
import { type Problem, problem } from './problem.ts';
import { networkSettingKeys, shorten, trainingSettingKeys } from './settings.ts';

const sharedKeys = ['width', ...networkSettingKeys];
const ownKeys = networkIds.flatMap((id) => sharedKeys.map((key) => `${id}.${key}`));
/** Of a sweep, which stands beside its experiment: `sweep/text.ts` reads them. */
export const sweepKeys = ['sweep', 'kinds', 'seeds'] as const;
/** Of the page: which of its views is shown. */
const viewKey = 'view';
const keys: ReadonlySet<string> = new Set([
  'v',
  ...networkIds,
  ...sharedKeys,
  ...ownKeys,
  ...trainingSettingKeys,
  ...sweepKeys,
  viewKey,
]);

export interface LinkPairs {
  /** Only known keys, each once. */
  readonly pairs: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/**
 * Splits a hash (without its `#`); of a key that is there twice, the first value counts. `+` is a plus. Of a hash that is too
 * long nothing is read, so that whatever reads pairs takes a bounded time.
 */
export function readPairs(hash: string): LinkPairs {
  if (hash.length > limits.linkLength) {
    return { pairs: new Map(), problems: [problem('link.tooLong', { length: hash.length, limit: limits.linkLength })] };
  }
  const pairs = new Map<string, string>();
  const problems: Problem[] = [];
  for (const part of hash.split('&')) {
    if (part === '') continue;
    const pair = readPair(part);
    if (!pair) problems.push(problem('link.malformed', { part: shorten(part) }));
    else if (!keys.has(pair.key)) problems.push(problem('link.unknownKey', { key: shorten(pair.key) }));
    else if (pairs.has(pair.key)) problems.push(problem('link.duplicate', { key: pair.key }));
    else pairs.set(pair.key, pair.value);
  }
  return { pairs, problems };
}

function readPair(part: string): { key: string; value: string } | null {
  const equals = part.indexOf('=');
  if (equals <= 0) return null;
  try {
    return {
      key: decodeURIComponent(part.slice(0, equals)).trim().toLowerCase(),
      value: decodeURIComponent(part.slice(equals + 1)).trim(),
    };
  } catch {
    return null;
  }
}
