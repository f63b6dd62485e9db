import { describe, expect, it } from 'vitest';
import { endFor } from '../commandLine.ts';
import { readOptions } from './options.ts';

/** What the command says to bad input. */
function refusal(args: readonly string[]): { readonly status: number; readonly words: string } {
  try {
    readOptions(args);
  } catch (error) {
    return endFor(error);
  }
  throw new Error(`${args.join(' ')} was taken`);
}

describe('the options of the lab', () => {
  it.each([
    ['an unknown option', ['--speed', '3']],
    ['an option without its value', ['--out']],
    ['an argument without an option', ['plain-20']],
    ['a hash with an unknown setting', ['--exp', '#a=plain-20&colour=red']],
    ['a depth that a family has not', ['--exp', '#a=plain-21']],
    ['a hash of another version', ['--exp', '#v=99']],
    ['too few steps', ['--steps', '0']],
    ['steps that are not whole', ['--steps', '2.5']],
    ['steps that are no number', ['--steps', 'ten']],
    ['an unknown engine', ['--engine', 'pytorch']],
    ['an unknown backend', ['--backend', 'cuda']],
    ['a backend of the reference engine', ['--engine', 'reference', '--backend', 'wasm']],
    ['an examination that there is not', ['--json', '--examine', 'everything']],
    ['an examination that nobody reads', ['--examine', 'blocks']],
    ['examinations of a sweep', ['--json', '--examine', 'blocks', '--sweep', 'depth:8']],
    ['untrained networks that are not examined', ['--untrained']],
    ['an empty sweep', ['--sweep', 'depth:']],
    ['a sweep without seeds', ['--sweep', 'depth:8', '--seeds', '']],
    ['a seed twice', ['--sweep', 'depth:8', '--seeds', '1,1']],
    ['a depth that the family of a sweep has not', ['--sweep', 'depth:9']],
    ['too many runs', ['--sweep', 'depth', '--seeds', Array.from({ length: 99 }, (_, i) => i).join()]],
    ['an axis that is none', ['--sweep', 'colour:1']],
    ['seeds without a sweep', ['--seeds', '1,2']],
  ])('are refused with status 2 and one sentence: %s', (_, args) => {
    const { status, words } = refusal(args);
    expect(status).toBe(2);
    expect(words).toMatch(/^[^\n]+\.$/);
    expect(words).not.toMatch(/[.!?] /);
  });

  it('may ask for examinations of trained and of untrained networks', () => {
    const { examinations } = readOptions(['--json', '--untrained', '--examine', 'blocks,gradients']);
    expect(examinations).toEqual({ kinds: ['blocks', 'gradients'], untrained: true });
    expect(readOptions([]).examinations).toEqual({ kinds: [], untrained: false });
  });
});
