/**
 * The rooms of the house and who may import whom: the one place that says so. `rooms.test.ts` holds the code and the
 * table in ARCHITECTURE.md to it. Tests may import anything, so that they can set up what they test.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

export interface Room {
  /** For the table in ARCHITECTURE.md. */
  readonly holds: string;
  /** The rooms that its files may import, besides their own. */
  readonly imports: readonly string[];
}

const core = ['experiment', 'ops', 'network', 'data', 'records'] as const;
const page = [...core, 'messages', 'session', 'ui', 'plot', 'figure'] as const;

/** In the order in which data passes through them. */
export const rooms: Readonly<Record<string, Room>> = {
  experiment: {
    holds:
      'what the learner asked for: types, limits, families, presets, edits, sweeps, the link codec. Problems are data',
    imports: [],
  },
  records: {
    holds: 'what is measured, recorded runs, their summaries, and what a run showed. Pure',
    imports: ['experiment'],
  },
  messages: {
    holds: 'every word for people, a folder a language; turns a problem into a sentence',
    imports: ['experiment', 'records'],
  },
  ops: {
    holds:
      'an op a folder: its shape and cost rules, its float64 reference and its TensorFlow.js form; a table of each. Optimizers too',
    imports: ['experiment'],
  },
  network: {
    holds:
      'experiment → graph of ops with shapes, parameters, initial values, cost and theory; grafts and ablations; the seeded generator. Pure',
    imports: ['experiment', 'ops'],
  },
  data: {
    holds: 'images: manifest, checksums, loading in pieces, preparation, minibatches',
    imports: ['experiment', 'ops', 'network'],
  },
  engine: {
    holds: 'the engines behind one interface: `webgpu/`, `cpu/`, `tfjs/`, `reference/`; which one to start',
    imports: core,
  },
  session: {
    holds:
      'the training worker and its client, the store of the page, the queue of sweeps, what is kept between visits',
    imports: [...core, 'messages', 'engine', 'ui'],
  },
  ui: { holds: 'accessible controls that know no networks; colours and type', imports: [] },
  plot: {
    holds: 'what charts are made of: scales, axes, marks, legends, cursor, tables, export',
    imports: ['experiment', 'messages', 'records', 'ui'],
  },
  figure: {
    holds:
      'an experiment as a figure that fits its box: networks as stacks with bars, curves, a sentence, the transport; history and settings',
    imports: [...core, 'messages', 'session', 'ui', 'plot'],
  },
  instruments: {
    holds: 'an instrument a folder: its report, its examination (in the worker), its charts and its panel',
    imports: [...page, 'engine'],
  },
  export: { holds: 'networks, runs and sweeps as programs; weights as files', imports: page },
  lessons: { holds: 'the story: nine lessons, their checks and extras', imports: [...page, 'export', 'instruments'] },
  sweep: { holds: 'the view that varies one setting', imports: [...page, 'export'] },
  classroom: {
    holds: 'a class that fills one figure: runs handed in as text, collected, and a class met over a server',
    imports: [...page, 'lessons', 'sweep'],
  },
  library: { holds: 'the view of finished runs', imports: [...page, 'sweep', 'classroom'] },
  home: {
    holds: 'the first screen: the question, two networks, a bet, ten photos, and every depth as a dot',
    imports: [...page, 'instruments', 'classroom'],
  },
  embed: {
    holds: 'an experiment in somebody else’s page: its address, the light first picture, the figure',
    imports: [...page, 'instruments'],
  },
  offline: {
    holds: 'keeps the page for visits without a network: the service worker, what is kept, the button',
    imports: ['messages', 'ui'],
  },
  app: {
    holds: 'binds everything: page, views, top bar, address, the page for teachers',
    imports: [
      ...page,
      'engine',
      'instruments',
      'export',
      'lessons',
      'sweep',
      'classroom',
      'library',
      'home',
      'embed',
      'offline',
    ],
  },
};

/** An import of one file by another, types included. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Loaded when it is needed: no part of a cycle. */
  readonly isLazy: boolean;
}

const isTest = (file: string): boolean => /\.test\.tsx?$/.test(file) || /^test[A-Z]/.test(posix.basename(file));

/** The imports between the files of a folder, tests and their helpers left out; paths are relative to `root`. */
export function importsBelow(root: string, folder: string): Import[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((file) => /\.tsx?$/.test(file) && !isTest(file));
  return files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8');
    const { staticImports, staticExports, dynamicImports } = parseSync(file, source).module;
    const exported = staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest ?? []),
    );
    const fixed = [...staticImports.map(({ moduleRequest }) => moduleRequest), ...exported].map(({ value }) => value);
    const lazy = dynamicImports.map(({ moduleRequest: { start, end } }) => source.slice(start + 1, end - 1));
    const to = (name: string): string => posix.normalize(posix.join(posix.dirname(file), name.replace(/\?.*$/, '')));
    const edges = (names: readonly string[], isLazy: boolean): Import[] =>
      names.filter((name) => name.startsWith('.')).map((name) => ({ from: file, to: to(name), isLazy }));
    return [...edges(fixed, false), ...edges(lazy, true)];
  });
}

const roomOf = (file: string): string => file.split('/')[1] ?? '';

/** The instrument that a file belongs to: null for what instruments share, which is next to their folders or in `examination/`. */
function instrumentOf(file: string): string | null {
  const [, room, folder = '', inside] = file.split('/');
  return room === 'instruments' && inside !== undefined && folder !== 'examination' ? folder : null;
}

/** Whether a file of an instrument, or of what all of them share, reaches into another instrument. */
function reachesIntoAnother({ from, to }: Import): boolean {
  const isNext = roomOf(from) === 'instruments' && from.split('/').length === 3;
  return roomOf(from) === 'instruments' && !isNext && ![null, instrumentOf(from)].includes(instrumentOf(to));
}

/** Imports that the table does not allow, and those of one instrument by another. */
export function forbidden(imports: readonly Import[]): string[] {
  return imports
    .filter(
      (each) =>
        reachesIntoAnother(each) ||
        (roomOf(each.from) !== roomOf(each.to) && !rooms[roomOf(each.from)]?.imports.includes(roomOf(each.to))),
    )
    .map(({ from, to }) => `${from} imports ${to}`);
}

/** The cycles that static imports close, types included, each as the files along it. */
export function cycles(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to, isLazy } of imports) if (!isLazy) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) found.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const to of targets.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}

/** The table of rooms as it stands in ARCHITECTURE.md. */
export function roomsTable(): string {
  const lines = Object.entries(rooms).map(
    ([name, { holds, imports }]) => `| \`${name}/\` | ${holds} | ${imports.join(', ') || 'nothing'} |`,
  );
  return ['| room | holds | may import |', '| --- | --- | --- |', ...lines].join('\n');
}
