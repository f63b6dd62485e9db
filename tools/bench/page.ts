/** `npm run bench -- --page`: how fast the page trains on the CPU, how fast it answers meanwhile, and what a long run costs it. */
import { cpus } from 'node:os';
import { parseLink } from '../../src/experiment/parseLink.ts';
import { number } from '../../src/messages/format.ts';
import { EMBED_BYTES } from '../firstPicture.ts';
import { runInBrowser } from '../lab/browserLab.ts';
import { table } from '../lab/table.ts';
import { measureLongRun } from './longRun.ts';
import { measureEmbed, measureFirstVisit, measureResponsiveness } from './responsiveness.ts';
import type { Finished, Say } from './result.ts';
import { words } from './words.ts';

/** The first three steps warm up and are not counted (`session/worker/stopwatch.ts`). */
const STEPS = 14;
const experiments = [
  { name: 'ResNet-20, width 8, batch 32, 28×28', hash: '#v=1&a=residual-20&width=8&batch=32&size=28', limit: 300 },
  { name: 'T7 residual 38, batch 32, 14×14', hash: '#v=1&a=t7-residual-38', limit: 200 },
] as const;

interface Timing {
  readonly name: string;
  /** Median of one step. */
  readonly msPerStep: number;
  /** The most it may be on two cores. */
  readonly limit: number;
  readonly device: string;
}

async function time({ name, hash, limit }: (typeof experiments)[number]): Promise<Timing> {
  const { experiment } = parseLink(hash);
  const result = await runInBrowser({
    experiment: { ...experiment, training: { ...experiment.training, steps: STEPS } },
    engine: { engine: 'cpu', backend: null },
    examinations: { kinds: [], untrained: false },
    onLines: async () => undefined,
    stopped: new Promise(() => undefined),
  });
  const msPerStep = result?.type === 'result' ? result.msPerStep : null;
  return { name, limit, msPerStep: msPerStep ?? Number.NaN, device: result?.device ?? '' };
}

export async function benchPage(say: Say): Promise<Finished> {
  const timings: Timing[] = [];
  for (const experiment of experiments) timings.push(await time(experiment));
  const firstVisit = await measureFirstVisit();
  const embed = await measureEmbed();
  const page = await measureResponsiveness('#v=1&a=t7-plain-38&b=t7-residual-38&steps=1000');
  const longRun = await measureLongRun();
  const { steps, visit, embed: ofEmbed, answers, longRun: long, memory, slice } = words.page;
  const rows = timings.map(({ name, msPerStep, limit }) => [name, number(Math.round(msPerStep)), number(limit)]);
  say([...table([steps, ...rows]), '', ...table(visit(firstVisit)), '', ...table(answers(page)), '']);
  say([ofEmbed(embed, EMBED_BYTES), '']);
  say([...table(long(longRun)), memory(longRun), slice(longRun)]);
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length };
  return { report: { ...machine, engine: 'cpu', timings, firstVisit, embed, page, longRun } };
}
