/**
 * Puts what pages need before their first picture into as few files as can be: all modules that the same pages need are one file, where a bundler
 * left alone makes one of each set of rooms that share some, seventy in all, which compress worse and arrive later. What a room needs
 * that is opened later stays with that room.
 */
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Where pages begin, as the names of their files. What chooses the language runs before what keeps words, and is no file with it. */
const roots = {
  language: 'src/app/entry.ts',
  page: 'src/app/main.tsx',
  embed: 'src/app/embed.ts',
  teachers: 'src/app/teachers/main.tsx',
  lab: 'tools/lab/page/main.ts',
};

interface Graph {
  getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
}

/** A module and all that it imports, directly or not; what is imported on demand comes later, and is none of it. */
function closure(root: string, graph: Graph): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    graph.getModuleInfo(id)?.importedIds.forEach(visit);
  };
  visit(root);
  return found;
}

/** The name of a module's file: the pages that need it at once; null where none does, and for the beginnings themselves. */
export function firstFile(ids: Readonly<Record<string, string>>): (id: string, graph: Graph) => string | null {
  let closures: readonly (readonly [string, ReadonlySet<string>])[] | null = null;
  return (id, graph) => {
    closures ??= Object.entries(ids).map(([name, root]) => [name, closure(root, graph)] as const);
    if (Object.values(ids).includes(id)) return null;
    const pages = closures.flatMap(([name, modules]) => (modules.has(id) ? [name] : []));
    return pages.length > 0 ? pages.join('-') : null;
  };
}

const idOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** The grouping for the bundler, for one build. */
export function firstFiles() {
  return {
    debugName: 'first files',
    name: firstFile(Object.fromEntries(Object.entries(roots).map(([name, file]) => [name, idOf(file)]))),
    // They are in the same set of pages or in a larger one already.
    includeDependenciesRecursively: false,
  };
}

/** At the top of a file: a browser that knows it compiles all functions while the file arrives, beside the page's own thread, and not each on that when it is first called. */
const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n';

/** What is used in the first seconds, with all that it imports: the page, and what its buttons open. */
const usedSoon = ['src/app/main.tsx', 'src/ui/popups.tsx'];

/** Has the files of a built page compiled on the way. */
export function compiledOnTheWay(): Plugin {
  const beginnings = usedSoon.map(idOf);
  return {
    name: 'compiled-on-the-way',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const done = new Set<string>();
        const visit = (file: string): void => {
          const chunk = bundle[file];
          if (done.has(file) || chunk?.type !== 'chunk') return;
          done.add(file);
          chunk.code = COMPILE_HINT + chunk.code;
          chunk.imports.forEach(visit);
        };
        for (const [file, chunk] of Object.entries(bundle)) {
          if (chunk.type === 'chunk' && beginnings.some((id) => chunk.moduleIds.includes(id))) visit(file);
        }
      },
    },
  };
}
