/** What the commands with options share: reading and checking them, and how a command ends. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { inRange, type Range } from '../src/experiment/limits.ts';
import { type Problem, ProblemError, problem } from '../src/experiment/problem.ts';
import { alternatives } from '../src/messages/format.ts';
import { sentence } from '../src/messages/messages.ts';

const BAD_INPUT = 2;
const FAILURE = 1;

/**
 * @param command its name in `package.json`, for the sentence
 * @throws ProblemError `command.option` for options that do not exist, lack their value or belong to nothing
 */
export function readArguments<O extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('command.option', { command, reason: message.split(/\.\s|\n/)[0] ?? message }));
  }
}

/** @throws ProblemError `command.choice` */
export function choiceOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new ProblemError(problem('command.choice', { option, value, choices: alternatives(choices) }));
}

/** @throws ProblemError `command.wholeNumber` */
export function wholeNumberOf(option: string, value: string, range: Range): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (inRange(number, range)) return number;
  throw new ProblemError(problem('command.wholeNumber', { option, value, min: range.min, max: range.max }));
}

/** Problems with what was asked for, as against problems on the way. */
function isBadInput({ code }: Problem): boolean {
  return ['command.', 'bench.', 'fuzz.', 'lab.', 'spec.', 'sweep.'].some((room) => code.startsWith(room));
}

/** Several sentences as one, on one line. */
function inOneSentence(words: string): string {
  return words.trim().replace(/[.!]\s+(\S)/g, (_, next: string) => `; ${next.toLowerCase()}`);
}

/** How a command ends that something went wrong in: status 2 where what was asked for is wrong, and 1 where something else is. */
export function endFor(error: unknown): { readonly status: number; readonly words: string } {
  if (error instanceof ProblemError) {
    const status = isBadInput(error.problem) ? BAD_INPUT : FAILURE;
    return { status, words: inOneSentence(sentence(error.problem)) };
  }
  return { status: FAILURE, words: error instanceof Error ? error.message : String(error) };
}

/** Runs a command. What goes wrong is one sentence on standard error, and its exit status. */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const { status, words } = endFor(error);
    process.stderr.write(`${words}\n`);
    process.exitCode = status;
  });
}
