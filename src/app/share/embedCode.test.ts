import { expect, test } from 'vitest';
import { parseLink } from '../../experiment/parseLink.ts';
import { embedCode, embedKinds } from './embedCode.ts';

const link = '#v=1&a=conv-8,residual-8*3,residual-16/2&b=plain-20';
const embedded = {
  frame: `https://example.org/?embed=1${link}`,
  page: `https://example.org/${link}`,
  title: 'Depthscope: "Custom" [10] · Plain, 20 layers',
};

test('the frame’s address survives the HTML it is written in', () => {
  const code = embedCode('html', embedded);
  const [, src = ''] = / src="([^"]*)"/.exec(code) ?? [];
  expect(src.replaceAll('&amp;', '&')).toBe(embedded.frame);
  expect(code).toContain('title="Depthscope: &quot;Custom&quot; [10] · Plain, 20 layers"');
  for (const kind of ['quarto', 'observable'] as const) expect(embedCode(kind, embedded)).toContain(code);
});

test('a link in Markdown has nothing that Markdown eats, and opens the same', () => {
  const code = embedCode('markdown', embedded);
  expect(code).not.toContain('*');
  const [, address = ''] = /\]\((.*)\)$/.exec(code) ?? [];
  expect(parseLink(new URL(address).hash)).toEqual(parseLink(link));
  expect(code.startsWith('[Depthscope: "Custom" \\[10\\]')).toBe(true);
});

test('a notebook gets Python that says the same', () => {
  const code = embedCode('jupyter', embedded);
  expect(code).toContain(`IFrame(${JSON.stringify(embedded.frame)}, "100%", 420`);
  expect(embedKinds).toHaveLength(5);
});
