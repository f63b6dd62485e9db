/**
 * Writes a page of its own for each lesson and each experiment that people share: the application's page with another head, which crawlers and chat
 * programs read (they run no scripts and never see what stands behind a `#`), and the link that it opens (`app/settleAddress.ts`).
 *
 * Addresses in such tags must be absolute: they are written where `SITE_URL` says where the page will stand, for instance
 * `https://example.org/depthscope/`, and left out otherwise.
 */
import { existsSync } from 'node:fs';
import type { Plugin } from 'vite';
import { sharedPages } from '../src/app/share/sharedPages.ts';
import { formatEmbed } from '../src/embed/address.ts';
import { escapedText, type PageWords, pageWords, siteName } from './staticPages/words.ts';

/** Pixels of a preview. */
export const previewSize = { width: 1200, height: 630 } as const;
/** Of a frame. */
const FRAME = { width: 720, height: 420 } as const;

/** Where a preview is, below `public/`. */
export function previewOf(name: string): string {
  return `previews/${name}.jpg`;
}

interface StaticPage extends PageWords {
  readonly name: string;
  /** Empty for the first screen. */
  readonly link: string;
}

const pages: readonly StaticPage[] = [
  { name: 'index', link: '', ...pageWords('index') },
  ...sharedPages.map(({ name, link }) => ({ name, link, ...pageWords(name) })),
];

/** Where the site will stand, with a `/` at the end; null where nobody says so. */
export function siteOf(value: string | undefined): string | null {
  if (value === undefined || value === '') return null;
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new Error(`SITE_URL is “${value}”; it must be an address like https://example.org/depthscope/.`);
  }
  return new URL('./', value.replace(/\/*$/, '/')).href;
}

const addressOf = (site: string, { name }: StaticPage): string =>
  new URL(name === 'index' ? '' : `${name}.html`, site).href;

/** The head of a page that says what it is. */
function headOf(page: StaticPage, site: string | null): string {
  const { title, description, picture, link } = page;
  const tag = (name: string, attributes: Readonly<Record<string, string>>) =>
    `<${name} ${Object.entries(attributes)
      .map(([key, value]) => `${key}="${escapedText(value)}"`)
      .join(' ')} />`;
  const property = (name: string, content: string) => tag('meta', { property: name, content });
  const tags = [
    `<title>${escapedText(title)}</title>`,
    tag('meta', { name: 'description', content: description }),
    property('og:title', title),
    property('og:description', description),
    property('og:type', page.name === 'index' ? 'website' : 'article'),
    property('og:site_name', siteName),
    tag('meta', { name: 'twitter:card', content: 'summary_large_image' }),
  ];
  if (link) tags.push(tag('meta', { name: 'depthscope-link', content: link }));
  if (site) {
    const address = addressOf(site, page);
    tags.push(tag('link', { rel: 'canonical', href: address }), property('og:url', address));
    const embed = new URL(oembedOf(page.name), site).href;
    tags.push(tag('link', { rel: 'alternate', type: 'application/json+oembed', href: embed, title }));
    if (existsSync(`public/${previewOf(picture)}`)) {
      tags.push(
        property('og:image', new URL(previewOf(picture), site).href),
        property('og:image:width', String(previewSize.width)),
        property('og:image:height', String(previewSize.height)),
        property('og:image:alt', page.pictureAlt),
      );
    }
  }
  // A data block is no script, so that no policy forbids it; `<` would end it.
  const data = JSON.stringify(linkedData(page, site)).replaceAll('<', '\\u003c');
  return [...tags, `<script type="application/ld+json">${data}</script>`].map((line) => `    ${line}`).join('\n');
}

/** What the page is, in the words of schema.org. */
function linkedData(page: StaticPage, site: string | null): object {
  return {
    '@context': 'https://schema.org',
    '@type': page.name === 'index' ? ['WebApplication', 'LearningResource'] : 'LearningResource',
    name: page.title,
    description: page.description,
    inLanguage: 'en',
    isAccessibleForFree: true,
    learningResourceType: 'interactive simulation',
    ...(site && { url: addressOf(site, page) }),
    ...(page.name !== 'index' && { isPartOf: { '@type': 'WebSite', name: siteName, ...(site && { url: site }) } }),
  };
}

function oembedOf(name: string): string {
  return `oembed/${name}.json`;
}

/** What a page that embeds it is told (oembed.com, version 1.0). */
function oembed(page: StaticPage, site: string): object {
  const frame = new URL(`./${formatEmbed({})}${page.link}`, site).href;
  const { width, height } = FRAME;
  return {
    version: '1.0',
    type: 'rich',
    title: page.title,
    provider_name: siteName,
    provider_url: site,
    width,
    height,
    html: `<iframe src="${escapedText(frame)}" title="${escapedText(page.title)}" width="${width}" height="${height}" style="border: 0" allow="cross-origin-isolated; fullscreen; clipboard-write; web-share"></iframe>`,
    ...(existsSync(`public/${previewOf(page.picture)}`) && {
      thumbnail_url: new URL(previewOf(page.picture), site).href,
      thumbnail_width: previewSize.width,
      thumbnail_height: previewSize.height,
    }),
  };
}

/** The built page of the application with another head. */
function pageWith(html: string, head: string): string {
  return html
    .replace(/\s*<title>.*?<\/title>/s, '')
    .replace(/\s*<meta\s+name="description"[^>]*>/s, '')
    .replace(/\s*<\/head>/, () => `\n${head}\n  </head>`);
}

/**
 * The files of all pages, by name: each page, and what its embedders are told where the site has an address.
 *
 * @param html the built page of the application
 * @param site where it will stand, with a `/` at the end
 */
export function staticFiles(html: string, site: string | null): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const page of pages) {
    files.set(`${page.name}.html`, pageWith(html, headOf(page, site)));
    if (site) files.set(oembedOf(page.name), `${JSON.stringify(oembed(page, site), null, 2)}\n`);
  }
  return files;
}

export function staticPages(siteUrl: string | undefined): Plugin {
  return {
    name: 'static-pages',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const index = bundle['index.html'];
        if (index?.type !== 'asset') return;
        for (const [fileName, source] of staticFiles(String(index.source), siteOf(siteUrl))) {
          if (fileName === 'index.html') index.source = source;
          else this.emitFile({ type: 'asset', fileName, source });
        }
      },
    },
  };
}
