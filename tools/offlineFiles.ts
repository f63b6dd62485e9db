/**
 * Writes, beside the built page, what it needs to be kept for visits without a network: the service worker as one file, and `offline.json`, which
 * lists all files of the page but the images, which have a cache of their own, and what only other sites ask for.
 */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';
import type { BuiltFile } from '../src/offline/pageCache.ts';

const serviceWorker = fileURLToPath(new URL('../src/offline/serviceWorker.ts', import.meta.url));

/** Files that hold nothing but TensorFlow.js, of the page and of its workers. */
const ofTensorFlow = new Set<string>();

/** Notes which files are TensorFlow.js. Belongs into each bundle, those of workers too. */
export function noteTensorFlow(): Plugin {
  return {
    name: 'note-tensorflow',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        const names = file.type === 'chunk' ? file.moduleIds : file.originalFileNames;
        const isTensorFlow = names.some((name) => name.includes('/@tensorflow/'));
        if (isTensorFlow && !(file.type === 'chunk' && file.isEntry)) ofTensorFlow.add(file.fileName);
      }
    },
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(folder, path)).isFile());
}

export function offlineFiles(): Plugin {
  let outDir = '';
  return {
    name: 'offline-files',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      sequential: true,
      async handler() {
        await build({
          configFile: false,
          logLevel: 'warn',
          build: {
            outDir,
            emptyOutDir: false,
            copyPublicDir: false,
            target: 'es2023',
            rolldownOptions: { input: serviceWorker, output: { format: 'iife', entryFileNames: 'sw.js' } },
          },
        });
        const files: BuiltFile[] = filesBelow(outDir)
          .filter((path) => !/^(sw\.js|offline\.json|data\/.*\.bin|(?:previews|oembed)\/.*)$/.test(path))
          .map((path) => ({
            path: path.replace(/^index\.html$/, './'),
            bytes: statSync(join(outDir, path)).size,
            isOptional: ofTensorFlow.has(path),
          }));
        writeFileSync(join(outDir, 'offline.json'), JSON.stringify(files));
      },
    },
  };
}
