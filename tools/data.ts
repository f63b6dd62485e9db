/** Makes the embedded data set: `npm run data -- --help` says how. Exit status 2 and one sentence where the files are not what they should be. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestFile } from '../src/data/manifest.ts';
import { readArguments, runCommand } from './commandLine.ts';
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

const options = { name: { type: 'string' }, classes: { type: 'string' }, help: { type: 'boolean' } } as const;

runCommand(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const folder = first?.startsWith('-') ? undefined : first;
  const { help, ...told } = readArguments('data', folder === undefined ? process.argv.slice(2) : rest, options);
  if (help) {
    process.stdout.write(words.help);
    return;
  }
  const dataSet = await buildDataSet(folder ?? officialFolder, told);
  write(dataSet);
  const { name, train, test } = dataSet.manifest;
  const bytes = [...dataSet.files.values()].reduce((sum, file) => sum + file.length, 0);
  process.stdout.write(`${words.made(name, train.count, test.count, bytes)}\n`);
});
