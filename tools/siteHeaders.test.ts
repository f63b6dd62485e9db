import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { libraryStyles } from './siteHeaders.ts';

const library = 'node_modules/react-aria/dist/private';

it('allows just the style elements that react-aria adds', () => {
  const added = readdirSync(library, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => readFileSync(join(library, file), 'utf8'))
    .filter((source) => source.includes("createElement('style')"));
  const texts = added.flatMap((source) =>
    [...source.matchAll(/\.textContent = `([^`]+)`\.trim\(\)/g)].map(([, text = '']) =>
      text.trim().replace(/\$\{\$\w+\$var\$PRESSABLE_ATTRIBUTE\}/, 'data-react-aria-pressable'),
    ),
  );
  expect(added).toHaveLength(libraryStyles.length);
  expect(texts.sort()).toEqual([...libraryStyles].sort());
});
