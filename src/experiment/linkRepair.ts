/**
 * What happens to links on their way, undone: chat programs, mail, editors and content systems escape them, put marks behind them and
 * hang their own keys on them. Nothing that is undone here can be part of a link as `formatLink` writes it, so that a sound link stays as it is.
 */
import { limits } from './limits.ts';

/** The most characters of a link that is read at all: each as `%2541`, which is what two escapes make of it. */
const MOST_ESCAPED = 5 * limits.linkLength;

/** More than any program escapes a link; each round undoes one. */
const ROUNDS = 4;

/**
 * A link as it was sent, without its `#`: escapes undone, and what was put behind it cut off. What remains unreadable is left to whoever reads it,
 * as is a text that is too long for a link however it was escaped. Of a repaired link it is the link itself.
 */
export function repairLink(text: string): string {
  if (text.length > MOST_ESCAPED) return text;
  let link = text;
  for (let round = 0; round < ROUNDS; round++) {
    const escaped = link;
    link = escaped.replace(/(?:%[0-9a-f]{2})+/gi, unescaped).replace(/&(?:amp|#0*38|#x0*26);/gi, '&');
    if (link === escaped) break;
  }
  link = link
    // What a browser is to find in the page, and what WordPress tells its frames.
    .replace(/:~:.*$/s, '')
    .replace(/#?\?secret=.*$/s, '')
    // Invisible characters, hyphens of typesetters, and the equals sign of old mail.
    .replace(/\u00ad|[\u200b-\u200f]|\u2060|\ufeff/g, '')
    .replace(/[\u2010-\u2013\u2212]/g, '-')
    .replace(/=3D/g, '=')
    .replace(/^[#\s]+/, '')
    .split('&')
    .filter((part) => !TRACKING.test(part))
    .join('&');
  return link.length > limits.linkLength ? link : link.replace(TAIL, '');
}

/** Keys by which advertisers and newsletters follow their readers. */
const TRACKING =
  /^(?:utm_\w*|(?:fb|g|d|y|tw|tt)clid|msclkid|[gw]braid|mc_[ce]id|igshid|_g[al]|_hs(?:enc|mi)|mkt_tok|ref|ref_src|si)=/i;

/** Marks of the sentence or the markup around a link. Several full stops say that it was cut short: they stay, and so does a lone `*`. */
const TAIL = /(?:(?<!\.)\.|(?<!sweep=\w+):|[\s,;!?)\]}>"'”’»`|&]|\*\*|&(?:quot|apos|gt|lt|nbsp|#\d+|#x[0-9a-f]+);)+$/i;

function unescaped(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

/** Keys of the page's query, which are no part of a link that stands there. */
const pageKeys: ReadonlySet<string> = new Set([
  'engine',
  'backend',
  'locale',
  'embed',
  'show',
  'ui',
  'theme',
  'autoplay',
  'parallel',
  'instrument',
  'origin',
]);

function queryParts(search: string): string[] {
  return search.replace(/^\?/, '').replace(/&amp;/gi, '&').split('&');
}

const keyOf = (part: string): string => part.replace(/=.*$/s, '').toLowerCase();

/**
 * The link in an address: its hash or, where that says nothing, what stands behind `x=` in its query, for places that lose hashes. There it may be
 * escaped, as a value is, or stand as it is, with its keys among those of the query.
 */
export function linkIn({ hash, search }: Pick<Location, 'hash' | 'search'>): string {
  if (repairLink(hash) !== '') return hash;
  const parts = queryParts(search);
  const start = parts.findIndex((part) => keyOf(part) === 'x');
  if (start < 0) return hash;
  const [first = '', ...others] = parts.slice(start);
  return [first.slice('x='.length), ...others.filter((part) => !pageKeys.has(keyOf(part)))].join('&');
}

/** The query without the link in it, `?` included; empty where nothing is left. */
export function queryWithoutLink(search: string): string {
  const parts = queryParts(search);
  const start = parts.findIndex((part) => keyOf(part) === 'x');
  const others = parts.filter((part, index) => start < 0 || index < start || pageKeys.has(keyOf(part))).join('&');
  return others && `?${others}`;
}
