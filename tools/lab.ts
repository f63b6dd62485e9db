/** The headless lab: `npm run --silent lab -- --help` says what it does. */
import { runCommand } from './commandLine.ts';
import { runInBrowser } from './lab/browserLab.ts';
import { programFor } from './lab/code.ts';
import { type LabOptions, readOptions } from './lab/options.ts';
import { planLines, planTables } from './lab/plan.ts';
import { openResults } from './lab/results.ts';
import { resultTable, sweepTable } from './lab/table.ts';
import { words } from './lab/words.ts';
import { fileWriter, standardOutput } from './lab/writer.ts';

async function write({ out }: LabOptions, lines: readonly string[]): Promise<void> {
  const target = out === null ? standardOutput() : fileWriter(out);
  await target.write(lines);
  await target.end();
}

async function train({ experiment, data, engine, json, out, sweep, results, examinations }: LabOptions): Promise<void> {
  const standard = standardOutput();
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

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(words.help);
  else if (options.code) await write(options, [await programFor(options, options.code)]);
  else if (options.plan) await write(options, (options.json ? planLines : planTables)(options.experiment));
  else await train(options);
}

runCommand(main);
