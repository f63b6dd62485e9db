/** The words of the command `npm run fuzz`. */
import { counts, number } from '../../src/messages/format.ts';

export interface VisitFigures {
  readonly seed: number;
  readonly actions: number;
  /** Processor time of the longest task of the main thread, in milliseconds. */
  readonly longest: number;
}

/** Several visits; `longest` of all. */
interface Visits extends Omit<VisitFigures, 'seed'> {
  readonly visits: number;
  readonly faults: number;
}

export const words = {
  repeatLength: '--repeat makes one visit, so --minutes and --visits cannot be used with it.',
  lengths: '--minutes and --visits both say when to end: give one of them.',
  repeatSeed: '--repeat needs the --seed of the visit to repeat.',
  help: `Usage: npm run fuzz -- [options]

Visits the built page in a headless browser and clicks, types, drags, scrolls, resizes, and follows links at random. Each visit
begins in a browser without a memory, and draws from a seed of its own: S, S + 1, S + 2 and so on.

What counts as a fault: an uncaught error, an unhandled rejection, an error on the console, a breach of the content
security policy, a page without a heading or main content, a crash, and a task that keeps the page's main thread busy for over
a second (of processor time, so that other work of the machine is no fault of the page).

  --minutes N    new visits begin for so long; default: 1
  --visits N     instead: so many visits, however long they take
  --seed S       of the first visit; default: 1
  --actions N    of each visit; default: 100
  --repeat       one visit, each action said as it is made
  --help         print this

The same seed makes the same choices among what is on the page. What is on the page also depends on how far training is.

Exit status: 0, or 2 with a sentence on standard error for bad input, or 1 if there was a fault or something else fails.
`,
  faults: {
    error: (words: string) => `uncaught error: ${words}`,
    console: (words: string) => `error on the console: ${words}`,
    policy: (directive: string, uri: string) => `against the content security policy: ${directive} ${uri}`,
    crash: 'the page crashed',
    failed: 'the page says that it could not be drawn',
    blank: 'the page shows neither a heading nor main content',
    silent: (seconds: number) => `the page has not answered for ${number(seconds)} seconds`,
    busy: (ms: number, sources: string) => `the main thread was busy for ${number(ms)} ms${sources && ` (${sources})`}`,
    blind: 'the trace has no processor times, so nothing is known of the main thread',
  },
  action: (index: number, words: string) => `  ${index}. ${words}`,
  actions: {
    open: (address: string) => `open ${address}`,
    click: (target: string) => `click ${target}`,
    drag: (target: string, right: number, down: number) => `drag ${target} by ${right}, ${down}`,
    type: (words: string, target: string, end: string) => `type ${JSON.stringify(words)} into ${target}, then ${end}`,
    press: (key: string, times: number) => `press ${key}${times > 1 ? ` ${times} times` : ''}`,
    scroll: (down: number) => `scroll by ${down}`,
    resize: (width: number, height: number) => `resize to ${width} × ${height}`,
    prefer: (scheme: string, motion: string) => `prefer ${scheme} colours and ${motion} motion`,
    link: (hash: string) => `follow ${hash.length > 200 ? `${hash.slice(0, 200)}… (${hash.length} characters)` : hash}`,
    back: 'go back',
    forward: 'go forward',
    reload: 'reload',
    wait: (ms: number) => `wait ${ms} ms`,
    nothing: 'find nothing to act on',
  },
  target: (role: string, name: string) => (name ? `${role} “${name}”` : role),
  visit: ({ seed, actions, longest }: VisitFigures) =>
    `seed ${seed}: ${counts([actions], 'action', 'actions')}, longest task ${number(longest)} ms`,
  fault: (words: string, { seed }: Pick<VisitFigures, 'seed'>, action: number) =>
    `Fault in seed ${seed}, action ${action}: ${words}`,
  lastActions: 'Actions up to it:',
  repeat: (seed: number, actions: number) => `Repeat: npm run fuzz -- --repeat --seed ${seed} --actions ${actions}`,
  total: ({ visits, actions, longest, faults }: Visits) =>
    `${counts([visits], 'visit', 'visits')}, ${counts([actions], 'action', 'actions')}, longest task ${number(longest)} ms of processor time: ${
      faults === 0 ? 'no fault' : counts([faults], 'fault', 'faults')
    }.`,
};
