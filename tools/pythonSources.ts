/** What generated Python programs are made of and trained on, as it stands in the repository. */
import { readFileSync } from 'node:fs';
import { parseManifest } from '../src/data/manifest.ts';
import type { DataFiles, PythonSources } from '../src/export/reproduction.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

export const pythonSources: PythonSources = {
  core: read('../src/export/python/core.py'),
  reproduce: read('../src/export/python/reproduce.py'),
  sweep: read('../src/export/python/sweep.py'),
};

/** @param place where programs shall look for them */
export function shippedData(place: string): DataFiles {
  return { manifest: parseManifest(read('../public/data/manifest.json')), place };
}
