/** The first reading of a link: its `key=value` pairs, with everything that is no key of ours set aside. */
import { networkIds } from './experiment.ts';
import { type Problem, problem } from './problem.ts';
import { networkSettingKeys, shorten, trainingSettingKeys } from './settings.ts';

const sharedKeys = ['width', ...networkSettingKeys];
const ownKeys = networkIds.flatMap((id) => sharedKeys.map((key) => `${id}.${key}`));
/** Of a sweep, which stands beside its experiment: `sweep/text.ts` reads them. */
const sweepKeys = ['sweep', 'kinds', 'seeds'];
const keys: ReadonlySet<string> = new Set([
  'v',
  ...networkIds,
  ...sharedKeys,
  ...ownKeys,
  ...trainingSettingKeys,
  ...sweepKeys,
]);

export interface LinkPairs {
  /** Only known keys, each once. */
  readonly pairs: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Splits a hash (without its `#`); of a key that is there twice, the first value counts. `+` is a plus. */
export function readPairs(hash: string): LinkPairs {
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
