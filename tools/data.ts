/**
 * `npm run data [folder]`: makes the embedded data set in public/data from the four IDX files in
 * `folder`. Exit status 2 and one sentence on standard error where they are not what they should be.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestFile } from '../src/data/manifest.ts';
import { runCommand } from './commandLine.ts';
import { buildDataSet, type DataSet } from './data/build.ts';
import { officialFolder } from './data/read.ts';
import { words } from './data/words.ts';

const target = fileURLToPath(new URL('../public/data/', import.meta.url));

function write({ manifest, files }: DataSet): void {
  mkdirSync(target, { recursive: true });
  for (const old of readdirSync(target).filter((file) => file.endsWith('.bin'))) rmSync(join(target, old));
  for (const [file, bytes] of files) writeFileSync(join(target, file), bytes);
  writeFileSync(join(target, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`);
}

runCommand(async () => {
  const dataSet = await buildDataSet(process.argv[2] ?? officialFolder);
  write(dataSet);
  const { name, train, test } = dataSet.manifest;
  const bytes = [...dataSet.files.values()].reduce((sum, file) => sum + file.length, 0);
  process.stdout.write(`${words.made(name, train.count, test.count, bytes)}\n`);
});
