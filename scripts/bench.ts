/** `npm run bench [-- --json]`: how fast training is on wasm, and how fast the page answers meanwhile. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { LabResult } from '../src/lab/lines.ts';
import { number } from '../src/messages/format.ts';
import { text } from '../src/messages/messages.ts';
import { parseLink } from '../src/spec/parseLink.ts';
import { measureResponsiveness, type Responsiveness } from './bench/responsiveness.ts';
import { runInBrowser } from './lab/browserLab.ts';
import { table } from './lab/table.ts';

/** The first three steps warm up and are not counted (`worker/stopwatch.ts`). */
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
  const result: LabResult | null = await runInBrowser({
    experiment: { ...experiment, training: { ...experiment.training, steps: STEPS } },
    engine: { engine: 'tfjs', backend: 'wasm' },
    onLines: async () => undefined,
    stopped: new Promise(() => undefined),
  });
  return { name, limit, msPerStep: result?.msPerStep ?? Number.NaN, device: result?.device ?? '' };
}

function tables(timings: readonly Timing[], page: Responsiveness): string[] {
  const { columns, page: rows } = text.lab.bench;
  return [
    ...table([
      columns,
      ...timings.map(({ name, msPerStep, limit }) => [name, number(Math.round(msPerStep)), number(limit)]),
    ]),
    '',
    ...table(rows(page)),
  ];
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const timings: Timing[] = [];
  for (const experiment of experiments) timings.push(await time(experiment));
  const page = await measureResponsiveness('#v=1&a=t7-plain-38&b=t7-residual-38&steps=1000');
  const report = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, backend: 'wasm', timings, page };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${tables(timings, page).join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
