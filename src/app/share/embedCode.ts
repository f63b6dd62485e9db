/** What authors paste into their pages: the page in a frame, or a link where frames are not. */

export const embedKinds = ['html', 'markdown', 'jupyter', 'quarto', 'observable'] as const;
export type EmbedKind = (typeof embedKinds)[number];

export interface Embedded {
  /** Of the frame. */
  readonly frame: string;
  /** Of the page, for whoever reads where no frame is shown. */
  readonly page: string;
  /** What is shown, in words. */
  readonly title: string;
}

/** Pixels. */
const HEIGHT = 420;
/** What the frame may do where its host lets it; it trains without. */
const ALLOW = 'cross-origin-isolated; fullscreen; clipboard-write; web-share';

/** The code that shows an experiment in a page of this kind. */
export function embedCode(kind: EmbedKind, embedded: Embedded): string {
  const frame = iframe(embedded);
  switch (kind) {
    case 'html':
      return frame;
    case 'markdown':
      return `[${embedded.title.replace(/[[\]]/g, '\\$&')}](${proseLink(embedded.page)})`;
    case 'jupyter':
      return [
        'from IPython.display import IFrame',
        '',
        `IFrame(${JSON.stringify(embedded.frame)}, "100%", ${HEIGHT}, extras=[${JSON.stringify(`allow="${ALLOW}"`)}])`,
      ].join('\n');
    case 'quarto':
      return `\`\`\`{=html}\n${frame}\n\`\`\``;
    case 'observable':
      return `html\`${frame}\``;
  }
}

/** A link for prose: Markdown takes pairs of `*` for emphasis. */
export function proseLink(address: string): string {
  return address.replaceAll('*', 'x');
}

function iframe({ frame, title }: Embedded): string {
  const attributes = Object.entries({
    src: frame,
    title,
    width: '100%',
    height: HEIGHT,
    style: 'border: 0',
    loading: 'lazy',
    allow: ALLOW,
  });
  return `<iframe ${attributes.map(([name, value]) => `${name}="${escaped(String(value))}"`).join(' ')}></iframe>`;
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
