/** The bench: `npm run --silent bench -- --help` says what it does. */
import { bench } from './bench/bench.ts';
import { runCommand } from './commandLine.ts';

runCommand(() => bench(process.argv.slice(2), process.stdout, process.stderr));
