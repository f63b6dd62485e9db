/** Contenders on their way: in a page of a browser each, with a thread of its own there, or in a Python process. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser } from '@playwright/test';
import { gather } from '../../src/data/gather.ts';
import type { Minibatches } from '../../src/data/minibatches.ts';
import { answerWithin } from '../../src/experiment/answerWithin.ts';
import { messageOf } from '../../src/experiment/problem.ts';
import { programOf } from '../../src/export/program.ts';
import { MOMENTUM } from '../../src/ops/optimizer/optimizer.ts';
import { withBrowser } from '../browserPage.ts';
import { memoryOf } from '../labPage.ts';
import { pythonWithTorch } from '../python.ts';
import type { BenchCase, ContenderName } from './cases.ts';
import type { BenchPage } from './page/main.ts';
import type { Entrant, Runner } from './race.ts';
import { type Setup, setupOf } from './setup.ts';

declare const window: Window & { readonly bench: BenchPage };

/** Longer than the slowest step of the slowest contender on a GPU of software takes. */
const PATIENCE_MS = 15 * 60 * 1000;

/** The first line of what went wrong, without what Playwright says in front. */
function plainly(error: unknown): Error {
  const [line = ''] = messageOf(error).split('\n');
  return new Error(line.replace(/^page\.evaluate: (Error: )?/, ''));
}

/** A page of the bench, so that no library meets another and none inherits what another left. */
export class BenchTab {
  private constructor(private readonly page: Awaited<ReturnType<Browser['newPage']>>) {}

  static async open(browser: Browser, url: string): Promise<BenchTab> {
    const page = await browser.newPage();
    await page.goto(url);
    return new BenchTab(page);
  }

  /** Calls a function of the page. */
  async call<K extends keyof BenchPage>(
    name: K,
    ...args: Parameters<BenchPage[K]>
  ): Promise<Awaited<ReturnType<BenchPage[K]>>> {
    const asked = { name, args } as { name: 'adapter'; args: [] };
    const called = () => this.page.evaluate((call) => window.bench[call.name](...call.args), asked);
    const answer = await answerWithin(PATIENCE_MS, 'It', called).catch((error: unknown) => {
      throw plainly(error);
    });
    return answer as Awaited<ReturnType<BenchPage[K]>>;
  }

  memory(): Promise<number> {
    return memoryOf(this.page);
  }

  close(): void {
    void this.page.close();
  }
}

/** What PyTorch says of a step. */
interface TorchStep {
  readonly loss: number;
  readonly ms: number;
}

/** Trains the program that the page exports, as it is written, with as many threads as there are processors. */
export async function startTorch(python: string, setup: Setup, batches: Minibatches): Promise<Runner> {
  const { spec, size, initial, images, learningRate } = setup;
  const process = spawn(python, [join(import.meta.dirname, 'trainTorch.py')], { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  let complaint = '';
  process.stderr.on('data', (text) => {
    complaint = `${complaint}${text}`.slice(-2000);
  });
  const ask = async <T>(question: object): Promise<T> => {
    process.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(complaint.trim().split('\n').at(-1) ?? 'Python has ended');
    return JSON.parse(value);
  };
  // What cannot be written is told by the end of what can be read.
  process.stdin.on('error', () => undefined);
  await ask({
    program: programOf('pytorch', spec, { size }, 'bench'),
    parameters: initial.map((values) => Array.from(values)),
    threads: availableParallelism(),
    learningRate,
    momentum: MOMENTUM,
  });
  return {
    async step(number) {
      const { pixels, labels } = gather(images.train, batches.images(number));
      const batch = { pixels: Array.from(pixels), labels: Array.from(labels), size };
      const { loss, ms } = await ask<TorchStep>(batch);
      return { loss, ms, jsMs: null, dispatches: null, submits: null, bytes: null };
    },
    stop: () => void process.kill(),
  };
}

/** What a bench needs of its surroundings. */
export interface Track {
  /** What the browser says about the GPU that WebGPU gives out; null where it gives out none. */
  readonly adapter: string | null;
  /** Whether a Python here can import torch. */
  readonly hasTorch: boolean;
  open(): Promise<BenchTab>;
  entrant(key: string, contender: ContenderName, benchCase: BenchCase): Entrant;
}

/** A browser for as long as `use` takes. */
export function withTrack<T>(use: (track: Track) => Promise<T>, flags: readonly string[] = []): Promise<T> {
  const follow = async (browser: Browser, url: string): Promise<T> => {
    const open = () => BenchTab.open(browser, url);
    const first = await open();
    const adapter = await first.call('adapter');
    first.close();
    const dataUrl = new URL('data/', url).href;
    const python = pythonWithTorch();
    const start = async (contender: ContenderName, benchCase: BenchCase): Promise<Runner> => {
      if (contender === 'torch') {
        if (!python) throw new Error('no Python here can import torch');
        const { setup, batches } = await setupOf(benchCase, dataUrl);
        return startTorch(python, setup, batches);
      }
      const tab = await open();
      try {
        await tab.call('start', contender, benchCase);
      } catch (error) {
        tab.close();
        throw error;
      }
      return { step: (number) => tab.call('step', number), stop: () => tab.close() };
    };
    return use({
      adapter,
      hasTorch: python !== null,
      open,
      entrant: (key, contender, benchCase) => ({ key, start: () => start(contender, benchCase) }),
    });
  };
  return withBrowser('bench.html', follow, flags);
}
