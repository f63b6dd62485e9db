/** The headless lab: `npm run --silent lab -- --help` says what it does. */
import { sentence, text } from '../src/messages/messages.ts';
import { type Problem, ProblemError } from '../src/spec/problem.ts';
import { runInBrowser } from './lab/browserLab.ts';
import { type LabOptions, readOptions } from './lab/options.ts';
import { resultTable } from './lab/table.ts';
import { fileWriter, standardOutput } from './lab/writer.ts';

const BAD_INPUT = 2;
const FAILURE = 1;

/** Problems with what was asked for, as against problems on the way. */
function isBadInput({ code }: Problem): boolean {
  return code.startsWith('lab.') || code.startsWith('spec.');
}

/** Several sentences as one, on one line. */
function inOneSentence(words: string): string {
  return words.trim().replace(/[.!]\s+(\S)/g, (_, next: string) => `; ${next.toLowerCase()}`);
}

async function train({ experiment, engine, json, out }: LabOptions): Promise<void> {
  const standard = standardOutput();
  const file = out === null ? null : fileWriter(out);
  const records = file ?? (json ? standard : null);
  const result = await runInBrowser({
    experiment,
    engine,
    onLines: async (lines) => records?.write(lines),
    stopped: Promise.race([standard.closed, ...(file ? [file.closed] : [])]),
  });
  if (!result) return;
  await records?.write([JSON.stringify(result)]);
  await file?.end();
  if (!json) await standard.write(resultTable(result));
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(text.lab.help);
  else await train(options);
}

main().catch((error: unknown) => {
  if (error instanceof ProblemError) {
    process.stderr.write(`${inOneSentence(sentence(error.problem))}\n`);
    process.exitCode = isBadInput(error.problem) ? BAD_INPUT : FAILURE;
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = FAILURE;
  }
});
