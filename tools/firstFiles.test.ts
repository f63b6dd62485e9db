import { expect, it } from 'vitest';
import { firstFile } from './firstFiles.ts';

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
