import { expect, it } from 'vitest';
import { preloadApplication, writeNames } from './preloadApplication.ts';

const chunk = (fileName: string, of: object) => ({
  type: 'chunk',
  fileName,
  imports: [],
  dynamicImports: [],
  facadeModuleId: null,
  viteMetadata: { importedCss: new Set() },
  ...of,
});

it('names the files of the application that the page does not name yet, and no others; styles in their order', () => {
  const { transformIndexHtml } = preloadApplication();
  if (typeof transformIndexHtml !== 'object') throw new Error('no handler');
  const entry = chunk('page.js', { dynamicImports: ['main.js', 'german.js'] });
  const bundle = {
    'page.js': entry,
    'german.js': chunk('german.js', { facadeModuleId: '/src/messages/de/language.ts' }),
    'main.js': chunk('main.js', {
      facadeModuleId: '/src/app/main.tsx',
      imports: ['words.js', 'charts.js'],
      dynamicImports: ['later.js'],
      viteMetadata: { importedCss: new Set(['main.css']) },
    }),
    'words.js': chunk('words.js', {}),
    'charts.js': chunk('charts.js', {
      imports: ['words.js'],
      viteMetadata: { importedCss: new Set(['charts.css']) },
    }),
    'later.js': chunk('later.js', {}),
  };
  const html = '<link rel="modulepreload" href="./words.js">';
  const tags: unknown = Reflect.apply(transformIndexHtml.handler, null, [html, { bundle, chunk: entry }]);
  const link = (rel: string, href: string) =>
    expect.objectContaining({ tag: 'link', attrs: { rel, crossorigin: true, href } });
  expect(tags).toEqual([
    {
      tag: 'template',
      attrs: { id: 'application' },
      injectTo: 'head',
      children: [
        link('modulepreload', './main.js'),
        link('modulepreload', './charts.js'),
        link('stylesheet', './charts.css'),
        link('stylesheet', './main.css'),
      ],
    },
    { tag: 'script', children: writeNames, injectTo: 'head' },
  ]);
});

it('writes the names out for the page and for an embed of all of it, and not for an embed that starts with its poster', () => {
  const isWritten = (search: string) => {
    const written: string[] = [];
    const document = {
      getElementById: (id: string) => ({ content: id }),
      head: { append: (content: string) => written.push(content) },
    };
    new Function('location', 'document', writeNames)({ search }, document);
    return written.includes('application');
  };
  expect(['', '?engine=cpu', '?embed=0', '?embed=1&ui=full', '?ui=full&embed=1'].map(isWritten)).toEqual(
    Array(5).fill(true),
  );
  expect(['?embed=1', '?theme=dark&embed=1', '?embed', '?embed=1&ui=none'].map(isWritten)).toEqual([
    false,
    false,
    true,
    false,
  ]);
});
