import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cycles, forbidden, importsBelow, rooms, roomsTable } from './rooms.ts';

const root = join(import.meta.dirname, '..');
const imports = importsBelow(root, 'src');

describe('the rooms', () => {
  it('are the folders of src', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.tsx?$/.test(name),
    );
    expect([...new Set(files.map((name) => name.split(/[\\/]/)[0]))].sort()).toEqual(Object.keys(rooms).sort());
  });

  it('import only what the table allows, types included', () => {
    expect(forbidden(imports)).toEqual([]);
  });

  it('have no cycles of files, types included', () => {
    expect(cycles(imports)).toEqual([]);
  });

  it('are described in ARCHITECTURE.md by the same table', () => {
    expect(readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')).toContain(roomsTable());
  });
});

describe('the check', () => {
  const edge = (from: string, to: string, isLazy = false) => ({ from, to, isLazy });

  it('names an import that is not allowed', () => {
    expect(forbidden([edge('src/plot/a.ts', 'src/engine/b.ts'), edge('src/plot/a.ts', 'src/ui/c.ts')])).toEqual([
      'src/plot/a.ts imports src/engine/b.ts',
    ]);
  });

  it('names an instrument that imports another, and lets all import what they share', () => {
    const file = (name: string) => `src/instruments/${name}.ts`;
    expect(
      forbidden([
        edge(file('slice/chart'), file('lesions/report')),
        edge(file('examination/subject'), file('lesions/report')),
        edge(file('slice/chart'), file('slice/report')),
        edge(file('slice/chart'), file('examination/subject')),
        edge(file('slice/chart'), file('kinds')),
        edge(file('kinds'), file('lesions/report')),
      ]),
    ).toEqual([
      'src/instruments/slice/chart.ts imports src/instruments/lesions/report.ts',
      'src/instruments/examination/subject.ts imports src/instruments/lesions/report.ts',
    ]);
  });

  it('names the files of a cycle, and lets what is loaded later close one', () => {
    const circle = [edge('a', 'b'), edge('b', 'c'), edge('c', 'b')];
    expect(cycles(circle)).toEqual(['b → c → b']);
    expect(cycles([edge('a', 'b'), edge('b', 'a', true)])).toEqual([]);
  });

  it('reads types, exports and what is loaded later', () => {
    const from = (file: string) => imports.filter((each) => each.from === file).map(({ to }) => to);
    expect(from('src/experiment/edit.ts')).toContain('src/experiment/experiment.ts');
    expect(imports.some(({ isLazy }) => isLazy)).toBe(true);
  });
});
