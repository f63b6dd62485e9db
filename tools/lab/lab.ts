/** The headless lab: reads what it is asked for, trains, and writes what was found. */
import type { Writable } from 'node:stream';
import { runInBrowser } from './browserLab.ts';
import { programFor } from './code.ts';
import { type LabOptions, readOptions } from './options.ts';
import { planLines, planTables } from './plan.ts';
import { openResults } from './results.ts';
import { resultTable, sweepTable } from './table.ts';
import { words } from './words.ts';
import { fileWriter, writerOf } from './writer.ts';

async function write({ out }: LabOptions, standard: Writable, lines: readonly string[]): Promise<void> {
  const target = out === null ? writerOf(standard) : fileWriter(out);
  await target.write(lines);
  await target.end();
}

async function train(options: LabOptions, standardOutput: Writable): Promise<void> {
  const { experiment, data, engine, json, out, sweep, results, examinations } = options;
  const standard = writerOf(standardOutput);
  const file = out === null ? null : fileWriter(out);
  const records = file ?? (json ? standard : null);
  const result = await runInBrowser({
    experiment,
    ...(sweep && { sweep: { of: sweep, results: openResults(results) } }),
    data,
    engine,
    examinations,
    onLines: async (lines) => records?.write(lines),
    stopped: Promise.race([standard.closed, ...(file ? [file.closed] : [])]),
  });
  if (!result) return;
  await records?.write([JSON.stringify(result)]);
  await file?.end();
  if (!json) await standard.write(result.type === 'sweep' ? sweepTable(result) : resultTable(result));
}

/** The command. @param standard what it writes to unless it is told a file; nobody may read it to the end */
export async function lab(args: readonly string[], standard: Writable): Promise<void> {
  const options = readOptions(args);
  if (options.help) standard.write(words.help);
  else if (options.code) await write(options, standard, [await programFor(options, options.code)]);
  else if (options.plan) await write(options, standard, (options.json ? planLines : planTables)(options.experiment));
  else await train(options, standard);
}
