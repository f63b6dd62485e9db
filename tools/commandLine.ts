/** What the commands with options share: reading and checking them, and how a command ends. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { inRange, type Range } from '../src/experiment/limits.ts';
import { messageOf, ProblemError } from '../src/experiment/problem.ts';
import { alternatives, number as written } from '../src/messages/format.ts';
import { sentence } from '../src/messages/messages.ts';

const words = {
  option: (reason: string, command: string) => `${reason}: npm run ${command} -- --help lists the options.`,
  choice: (option: string, value: string, choices: string) => `--${option} is “${value}”, but must be ${choices}.`,
  wholeNumber: (option: string, value: string, { min, max }: Range) =>
    `--${option} is “${value}”, but must be a whole number from ${written(min)} to ${written(max)}.`,
};

/** Something is wrong with what a command was asked for; its message is a sentence for people. */
export class BadInput extends Error {}

const BAD_INPUT = 2;
const FAILURE = 1;

/**
 * @param command its name in `package.json`, for the sentence
 * @throws BadInput for options that do not exist, lack their value or belong to nothing
 */
export function readArguments<O extends NonNullable<ParseArgsConfig['options']>>(
  command: string,
  args: readonly string[],
  options: O,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const message = messageOf(error);
    throw new BadInput(words.option(message.split(/\.\s|\n/)[0] ?? message, command));
  }
}

/** @throws BadInput */
export function choiceOf<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw new BadInput(words.choice(option, value, alternatives(choices)));
}

/** @throws BadInput */
export function wholeNumberOf(option: string, value: string, range: Range): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (inRange(number, range)) return number;
  throw new BadInput(words.wholeNumber(option, value, range));
}

/** Several sentences as one, on one line. */
function inOneSentence(words: string): string {
  return words.trim().replace(/[.!]\s+(\S)/g, (_, next: string) => `; ${next.toLowerCase()}`);
}

/** How a command ends that something went wrong in: status 2 where what was asked for is wrong, and 1 where something else is. */
export function endFor(error: unknown): { readonly status: number; readonly words: string } {
  if (error instanceof BadInput) return { status: BAD_INPUT, words: inOneSentence(error.message) };
  if (error instanceof ProblemError) {
    // Of an experiment or a sweep that was asked for, as against problems on the way.
    const isBadInput = /^(spec|sweep)\./.test(error.problem.code);
    return { status: isBadInput ? BAD_INPUT : FAILURE, words: inOneSentence(sentence(error.problem)) };
  }
  return { status: FAILURE, words: messageOf(error) };
}

/** Runs a command. What goes wrong is one sentence on standard error, and its exit status. */
export function runCommand(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    const { status, words } = endFor(error);
    process.stderr.write(`${words}\n`);
    process.exitCode = status;
  });
}
