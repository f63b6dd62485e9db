/** Opens the headless lab's page in a browser and passes on what it reports. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { EngineRequest } from '../../src/engine/choose.ts';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { formatLink } from '../../src/experiment/link.ts';
import { ProblemError } from '../../src/experiment/problem.ts';
import type { Sweep } from '../../src/experiment/sweep/sweep.ts';
import { formatSweep } from '../../src/experiment/sweep/text.ts';
import { fileSentence } from '../../src/messages/fileSentence.ts';
import { withBrowser } from '../browserPage.ts';
import { BadInput } from '../commandLine.ts';
import { type Examinations, formatExaminations } from './page/examinations.ts';
import type { Outcome } from './page/reports.ts';
import type { Results } from './results.ts';
import { words } from './words.ts';

export interface LabRun {
  readonly experiment: Experiment;
  /** Trained instead of the experiment, whose first network it varies. */
  readonly sweep?: { readonly of: Sweep; readonly results: Results };
  /** Files or folders of images to train on; none: the built-in ones. */
  readonly data?: readonly string[];
  /** The folder that takes these images as the page has read them, for programs; named as `imagesFile` says. */
  readonly saved?: string;
  readonly engine: EngineRequest;
  readonly examinations: Examinations;
  /** Given the records; the next come when it resolves. */
  readonly onLines: (lines: readonly string[]) => Promise<void>;
  /** Ends the run early when it resolves. */
  readonly stopped: Promise<void>;
}

type Result = Extract<Outcome, { result: unknown }>['result'];

function addressOf(base: string, { experiment, sweep, engine, examinations, data = [], saved }: LabRun): string {
  const url = new URL(base);
  if (data.length > 0) url.searchParams.set('data', saved === undefined ? '' : 'saved');
  if (engine.engine) url.searchParams.set('engine', engine.engine);
  if (engine.backend) url.searchParams.set('backend', engine.backend);
  for (const [name, value] of Object.entries(formatExaminations(examinations))) url.searchParams.set(name, value);
  url.hash = formatLink(experiment) + (sweep ? formatSweep(sweep.of, experiment) : '');
  return url.href;
}

/** Hands files, and all that is in folders, to the page. The folder's name stays in front of what is in it. */
async function giveFiles(page: Page, paths: readonly string[]): Promise<void> {
  const [only] = paths;
  const isFolder = paths.length === 1 && only !== undefined && statSync(only).isDirectory();
  const input = page.locator(isFolder ? '#folder' : '#files');
  await input.setInputFiles([...paths]);
}

/**
 * Trains an experiment, or a sweep, to its end.
 *
 * @returns the result, or null if it was stopped
 * @throws BadInput where the engine asked for is not there; ProblemError where it cannot be trained; Error if there is no browser, or it crashes
 */
export function runInBrowser(run: LabRun): Promise<Result | null> {
  return withBrowser('lab.html', async (browser, url) => {
    const page = await browser.newPage();
    const outcome = new Promise<Outcome>((resolve, reject) => {
      page.on('crash', () => reject(new Error(words.crashed)));
      browser.on('disconnected', () => reject(new Error(words.crashed)));
      page.on('pageerror', reject);
      page.exposeFunction('labEnd', resolve).catch(reject);
    });
    const { saved } = run;
    let saving: Promise<void> = Promise.resolve();
    if (saved !== undefined) {
      const downloaded = page.waitForEvent('download', { timeout: 0 });
      saving = downloaded.then((images) => images.saveAs(join(saved, images.suggestedFilename())));
      // Where the files are refused, nothing is saved, and the reason is told below.
      saving.catch(() => undefined);
    }
    await page.exposeFunction('labLines', run.onLines);
    if (run.sweep) {
      await page.exposeFunction('labFind', run.sweep.results.find);
      await page.exposeFunction('labKeep', run.sweep.results.keep);
    }
    const ended = Promise.race([outcome, run.stopped]);
    await Promise.race([page.goto(addressOf(url, run)), ended]);
    if (run.data && run.data.length > 0) await giveFiles(page, run.data);
    const end = await ended;
    if (!end || 'result' in end) await saving;
    if (!end) return null;
    if ('unavailable' in end) throw new BadInput(words.unavailable(end.unavailable, end.reason));
    if ('refused' in end) throw new BadInput(words.data(fileSentence(end.refused)));
    if ('problem' in end) throw new ProblemError(end.problem);
    return end.result;
  });
}
