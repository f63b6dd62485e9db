/** The bench: `npm run --silent bench -- --help` says what it does. */
import { benchEngines } from './bench/engines.ts';
import { benchGrowth } from './bench/growth.ts';
import { benchKernels } from './bench/kernels.ts';
import { benchMemory } from './bench/memory.ts';
import { type BenchOptions, readOptions } from './bench/options.ts';
import { benchPage } from './bench/page.ts';
import type { Finished, Say } from './bench/result.ts';
import { words } from './bench/words.ts';
import { runCommand } from './commandLine.ts';

function run(options: BenchOptions, say: Say): Promise<Finished> {
  if (options.mode === 'page') return benchPage(say);
  if (options.mode === 'memory') return benchMemory(options, say);
  if (options.mode === 'growth') return benchGrowth(options, say);
  return options.mode === 'kernels' ? benchKernels(options, say) : benchEngines(options, say);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(words.help);
    return;
  }
  // It takes long: whoever waits for the object sees what has been measured so far.
  const progress = options.json ? process.stderr : process.stdout;
  const { report, complaints } = await run(options, (lines) => {
    progress.write(`${lines.join('\n')}\n`);
  });
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  if (complaints.length === 0) return;
  process.stderr.write(`${complaints.join('\n')}\n`);
  process.exitCode = 1;
}

runCommand(main);
