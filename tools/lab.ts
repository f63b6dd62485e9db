/** The headless lab: `npm run --silent lab -- --help` says what it does. */
import { runCommand } from './commandLine.ts';
import { lab } from './lab/lab.ts';

runCommand(() => lab(process.argv.slice(2), process.stdout));
