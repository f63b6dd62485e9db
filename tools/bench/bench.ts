/** The bench: reads what it is asked for, lets contenders run, and writes how long they took. */
import type { Writable } from 'node:stream';
import { benchClass } from './class.ts';
import { benchEngines } from './engines.ts';
import { benchGrowth } from './growth.ts';
import { benchKernels } from './kernels.ts';
import { benchMemory } from './memory.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { benchPage } from './page.ts';
import type { Finished, Say } from './result.ts';
import { words } from './words.ts';

function run(options: BenchOptions, say: Say): Promise<Finished> {
  if (options.mode === 'page') return benchPage(say);
  if (options.mode === 'class') return benchClass(say);
  if (options.mode === 'memory') return benchMemory(options, say);
  if (options.mode === 'growth') return benchGrowth(options, say);
  return options.mode === 'kernels' ? benchKernels(options, say) : benchEngines(options, say);
}

/** The command. @param progress where it says how far it is while its result is an object */
export async function bench(args: readonly string[], standard: Writable, progress: Writable): Promise<void> {
  const options = readOptions(args);
  if (options.help) {
    standard.write(words.help);
    return;
  }
  // It takes long: whoever waits for the object sees what has been measured so far.
  const { report, complaints = [] } = await run(options, (lines) => {
    (options.json ? progress : standard).write(`${lines.join('\n')}\n`);
  });
  if (options.json) standard.write(`${JSON.stringify(report)}\n`);
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}
