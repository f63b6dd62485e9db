/** The fuzzer: `npm run fuzz -- --help` says what it does. */
import type { Browser } from '@playwright/test';
import { withBrowser } from './browserPage.ts';
import { runCommand } from './commandLine.ts';
import { type FuzzOptions, readOptions } from './fuzz/options.ts';
import { type Visit, visit } from './fuzz/visit.ts';
import { words } from './fuzz/words.ts';

/** Of the actions before a fault, these are said. */
const LAST_ACTIONS = 12;
/** A fault may come to light some actions behind the one that began it. */
const MARGIN = 2;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function sayFaults({ seed, faults, done }: Visit, isRepeated: boolean): void {
  for (const fault of faults) {
    say(words.fault(fault.words, { seed }, fault.action));
    if (isRepeated) continue;
    const first = Math.max(0, fault.action + 1 - LAST_ACTIONS);
    say(words.lastActions);
    for (const [index, each] of done.slice(first, fault.action + 1).entries()) say(words.action(first + index, each));
    say(words.repeat(seed, fault.action + MARGIN));
  }
}

async function makeVisits(browser: Browser, url: string, options: FuzzOptions): Promise<Visit[]> {
  const { seed: first, minutes, visits: most, actions, repeat } = options;
  const until = performance.now() + minutes * 60_000;
  const visits: Visit[] = [];
  do {
    const seed = (first + visits.length) % 2 ** 32;
    const onAction = (index: number, said: string) => repeat && say(words.action(index, said));
    const made = await visit(browser, url, { seed, actions, until, onAction });
    visits.push(made);
    say(words.visit(made));
    sayFaults(made, repeat);
  } while (performance.now() < until && visits.length < most);
  return visits;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(words.help);
    return;
  }
  const visits = await withBrowser('index.html', (browser, url) => makeVisits(browser, url, options));
  const faults = visits.reduce((sum, each) => sum + each.faults.length, 0);
  const actions = visits.reduce((sum, each) => sum + each.actions, 0);
  const longest = Math.max(...visits.map((each) => each.longest));
  say(words.total({ visits: visits.length, actions, longest, faults }));
  if (faults > 0) process.exitCode = 1;
}

runCommand(main);
