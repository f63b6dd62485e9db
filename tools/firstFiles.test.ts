import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { compiledOnTheWay, firstFile } from './firstFiles.ts';

it('puts modules together that the same pages need at once, apart from what chooses the language, and leaves alone what comes later', () => {
  const imports: Record<string, readonly string[]> = {
    entry: ['messages'],
    main: ['home', 'messages', 'react'],
    home: ['figure', 'react'],
    figure: ['home'],
    teachers: ['messages', 'react', 'prose'],
    lab: ['prose', 'figure'],
  };
  const nameOf = firstFile({ language: 'entry', page: 'main', teachers: 'teachers' });
  const graph = { getModuleInfo: (id: string) => ({ importedIds: imports[id] ?? [] }) };
  const names = ['home', 'figure', 'messages', 'react', 'prose', 'lab', 'main'].map((id) => [id, nameOf(id, graph)]);
  expect(Object.fromEntries(names)).toEqual({
    home: 'page',
    figure: 'page',
    messages: 'language-page-teachers',
    react: 'page-teachers',
    prose: 'teachers',
    lab: null,
    main: null,
  });
});

it('has what the page is drawn with compiled on the way, at the top of each file, and nothing else', () => {
  const main = fileURLToPath(new URL('../src/app/main.tsx', import.meta.url));
  const chunk = (code: string, imports: string[], moduleIds: string[] = []) => ({
    type: 'chunk' as const,
    code,
    imports,
    moduleIds,
  });
  const bundle = {
    'main.js': chunk('main();', ['react.js'], [main]),
    'react.js': chunk('react();', ['main.js', 'styles.css']),
    'lesson.js': chunk('lesson();', ['react.js']),
    'styles.css': { type: 'asset' as const },
  };
  const { handler } = compiledOnTheWay().generateBundle as unknown as { handler(_: null, files: typeof bundle): void };
  handler(null, bundle);
  const hint = '//# allFunctionsCalledOnLoad\n';
  expect(Object.values(bundle).map((file) => ('code' in file ? file.code : null))).toEqual([
    `${hint}main();`,
    `${hint}react();`,
    'lesson();',
    null,
  ]);
});
