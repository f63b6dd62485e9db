import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sharedPages } from '../src/app/share/sharedPages.ts';
import { pictureHeader } from '../src/data/readers/pictureHeader.ts';
import { parseLink } from '../src/experiment/parseLink.ts';
import { readLessonLink } from '../src/lessons/lessonLink.ts';
import { text } from '../src/messages/messages.ts';
import { previewOf, previewSize, siteOf, staticFiles } from './staticPages.ts';

const html = readFileSync('index.html', 'utf8');
const site = 'https://example.org/depthscope/';
const files = staticFiles(html, site);
const names = ['index', ...sharedPages.map(({ name }) => name)];

/** The value of an attribute in the one tag that has another attribute as given. */
function valueIn(page: string, mark: string, name: string): string {
  const tags = (page.match(/<(?:meta|link)\b[^>]*>/g) ?? []).filter((tag) => tag.includes(mark));
  expect(tags, mark).toHaveLength(1);
  const [, value = ''] = new RegExp(`${name}="([^"]*)"`).exec(tags[0] ?? '') ?? [];
  return value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
}

test('every lesson has a page, and every page opens what its link says', () => {
  const opened = sharedPages.map(({ link }) => readLessonLink(link));
  expect(opened.flatMap(({ lesson }) => lesson ?? [])).toEqual(Object.keys(text.lessons.titles).map((_, i) => i + 1));
  for (const { link } of sharedPages) expect(readLessonLink(link).problems).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(sharedPages.map(({ link }) => link)).size).toBe(sharedPages.length);
  for (const { name, link } of sharedPages) {
    expect(valueIn(files.get(`${name}.html`) ?? '', 'depthscope-link', 'content')).toBe(link);
    if (link.startsWith('#v=')) expect(parseLink(link).problems).toEqual([]);
  }
});

test.each(names)('%s says what it is, in one title and one description, with absolute addresses', (name) => {
  const page = files.get(`${name}.html`) ?? '';
  expect(page.match(/<title>/g)).toHaveLength(1);
  const address = name === 'index' ? site : `${site}${name}.html`;
  const description = valueIn(page, 'name="description"', 'content');
  expect(description.length).toBeGreaterThan(50);
  expect(description.length).toBeLessThan(200);
  expect(valueIn(page, 'property="og:description"', 'content')).toBe(description);
  expect(valueIn(page, 'rel="canonical"', 'href')).toBe(address);
  expect(valueIn(page, 'property="og:url"', 'content')).toBe(address);
  expect(valueIn(page, 'name="twitter:card"', 'content')).toBe('summary_large_image');
  const image = valueIn(page, 'property="og:image"', 'content');
  expect(existsSync(`public/${image.slice(site.length)}`)).toBe(true);
  expect(valueIn(page, 'property="og:image:alt"', 'content').length).toBeGreaterThan(30);

  const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? '');
  expect(data).toMatchObject({ '@context': 'https://schema.org', description, url: address });

  const title = valueIn(page, 'property="og:title"', 'content');
  const found = valueIn(page, 'type="application/json+oembed"', 'href');
  const oembed = JSON.parse(files.get(found.slice(site.length)) ?? '');
  expect(oembed).toMatchObject({ version: '1.0', type: 'rich', title, thumbnail_url: image });
  const link = sharedPages.find((each) => each.name === name)?.link ?? '';
  expect(oembed.html).toContain(`src="${`${site}?embed=1${link}`.replaceAll('&', '&amp;')}"`);
});

test('without an address of the site nothing is said that needs one', () => {
  for (const page of staticFiles(html, null).values())
    expect(page).not.toMatch(/canonical|og:url|og:image|oembed|"url"/);
  expect([...staticFiles(html, null).keys()]).toEqual(names.map((name) => `${name}.html`));
});

test('the address of the site is an address, and ends in a folder', () => {
  expect(siteOf(undefined)).toBeNull();
  expect(siteOf('')).toBeNull();
  expect(siteOf('https://example.org/depthscope')).toBe(site);
  expect(siteOf(site)).toBe(site);
  for (const wrong of ['example.org', 'file:///tmp']) expect(() => siteOf(wrong)).toThrow(/SITE_URL/);
});

test('the pictures are of the size that is said, and small', () => {
  for (const file of readdirSync('public/previews')) {
    const path = `public/${previewOf(file.replace('.jpg', ''))}`;
    expect(statSync(path).size).toBeLessThan(150_000);
    const bytes = readFileSync(path);
    // Not every network of people reads WebP.
    expect(pictureHeader(bytes)).toMatchObject({ type: 'image/jpeg', ...previewSize });
  }
});
