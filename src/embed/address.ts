/**
 * The address of an embed: that of the page with `embed=1` and these options in its query, and what is to be shown in its hash, as ever.
 * README and `docs/embed.md` list them.
 */
import { readWord } from '../experiment/addressWord.ts';
import { type Problem, problem, shorten } from '../experiment/problem.ts';
import { type ThemeChoice, themeChoices } from '../ui/theme.ts';

/** What an embed can show: the stacks with their bars, errors by step, final errors by depth, bars by step, sentences, and a bet before the run. */
export const embedParts = ['bars', 'error', 'depth', 'history', 'verdict', 'bet'] as const;
export type EmbedPart = (typeof embedParts)[number];

/** What is around it: one button, the whole transport, or all of the page. */
export const embedChrome = ['none', 'transport', 'full'] as const;

export interface EmbedOptions {
  readonly show: readonly EmbedPart[];
  readonly ui: (typeof embedChrome)[number];
  readonly theme: ThemeChoice;
  /** Trains once it is in sight. */
  readonly autoplay: boolean;
  /** Trains also while another embed of the page does. */
  readonly parallel: boolean;
  /** The name of one that is shown instead of the stacks; null for none. Which there are is known once they are downloaded. */
  readonly instrument: string | null;
  /** Of the page around it: messages of others are not heard. Null for any. */
  readonly origin: string | null;
}

export const usualEmbed: EmbedOptions = {
  show: ['bars', 'error', 'verdict'],
  ui: 'transport',
  theme: 'system',
  autoplay: false,
  parallel: false,
  instrument: null,
  origin: null,
};

export interface ReadEmbed {
  readonly options: EmbedOptions;
  readonly problems: readonly Problem[];
}

const onOff = ['0', '1'] as const;

/** What the query of an address asks of an embed; null where it asks for none. Never throws. */
export function readEmbed(search: string): ReadEmbed | null {
  const query = new URLSearchParams(search);
  if (!query.has('embed') || query.get('embed') === '0') return null;
  const problems: Problem[] = [];
  const word = <T extends string>(key: string, value: string, choices: readonly T[], usual: string): T | null => {
    const { word, problem } = readWord(key, value, choices, usual);
    if (problem) problems.push(problem);
    return word;
  };
  const read = <T extends string>(key: string, choices: readonly T[], usual: T): T => {
    const value = query.get(key);
    return value === null ? usual : (word(key, value, choices, usual) ?? usual);
  };
  const asked = (query.get('show') ?? '').split(/[\s,]+/).filter(Boolean);
  const isKnown = (each: string) => embedParts.some((part) => part === each.toLowerCase());
  const usualShow = (asked.some(isKnown) ? asked.filter(isKnown) : usualEmbed.show).join();
  const parts = asked.map((each) => word('show', each, embedParts, usualShow));
  const show = embedParts.filter((part) => parts.includes(part));
  const origin = query.get('origin');
  const options: EmbedOptions = {
    show: show.length > 0 ? show : usualEmbed.show,
    ui: read('ui', embedChrome, usualEmbed.ui),
    theme: read('theme', themeChoices, usualEmbed.theme),
    autoplay: read('autoplay', onOff, '0') === '1',
    parallel: read('parallel', onOff, '0') === '1',
    instrument: query.get('instrument')?.toLowerCase() || null,
    origin: origin !== null && URL.canParse(origin) ? new URL(origin).origin : null,
  };
  if (origin !== null && options.origin === null) problems.push(problem('app.badOrigin', { value: shorten(origin) }));
  return { options, problems };
}

/** The query of the same embed as it is by now, in another language; what is no matter of an embed stays in it. @returns with its `?` */
export function queryIn(locale: string, search: string, options: EmbedOptions): string {
  const others = new URLSearchParams(search);
  for (const key of embedKeys) others.delete(key);
  others.set('locale', locale);
  return `${formatEmbed(options)}&${others}`;
}

/** Keys of the query that are the embed's, and mean nothing to the page itself. */
export const embedKeys = ['embed', 'show', 'ui', 'theme', 'autoplay', 'parallel', 'instrument', 'origin'] as const;

/**
 * The query of an embed; what is as usual stays out of it.
 * @returns with its `?`
 */
export function formatEmbed(options: Partial<EmbedOptions>): string {
  const { show, ui, theme, autoplay, parallel, instrument, origin } = { ...usualEmbed, ...options };
  const pairs = [
    ['embed', '1'],
    ['show', show.join() === usualEmbed.show.join() ? null : show.join()],
    ['ui', ui === usualEmbed.ui ? null : ui],
    ['theme', theme === usualEmbed.theme ? null : theme],
    ['autoplay', autoplay ? '1' : null],
    ['parallel', parallel ? '1' : null],
    ['instrument', instrument],
    ['origin', origin],
  ] as const;
  // Commas and colons may stand in a query as they are, and are read more easily.
  const words = pairs.flatMap(([key, value]) =>
    value === null
      ? []
      : `${key}=${encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/')}`,
  );
  return `?${words.join('&')}`;
}
