import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' });
const kernels = files
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => [file, readFileSync(`${import.meta.dirname}/${file}`, 'utf8')] as const)
  .filter(([, text]) => text.includes('return kernel({'));

it.each(kernels)('says in its header how it is tiled: %s', (_, text) => {
  const [header = ''] = text.split('*/');
  expect(header).toMatch(/^\/\*\*\n \* .+\n \* Tiling: \S/s);
});
