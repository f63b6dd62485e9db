import { beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import '../ui/base.css';
import { defaultExperiment } from '../experiment/presets.ts';
import { LabContext } from '../session/hooks.ts';
import { openKept } from '../session/storage/database.ts';
import { type Kept, memoryKept, watched } from '../session/storage/kept.ts';
import type { Lab } from '../session/store/lab.ts';
import { labOf } from '../session/store/testLab.ts';
import { asFinishedCell, type FinishedCell } from '../session/sweeps/finishedCell.ts';
import { readViews } from '../session/views.ts';
import { experiment, tiny } from '../session/worker/testSession.ts';
import { draw } from '../ui/testDraw.ts';
import { Library } from './Library.tsx';

const cell: FinishedCell = {
  key: 'one',
  link: '#v=1&a=t7-plain-8',
  engine: { engine: 'tfjs', backend: 'wasm', device: { kind: 'cpu', simd: true, threads: 1 } },
  steps: 1,
  evaluations: [{ step: 1, trainError: 0.5, testError: 0.6 }],
  divergedAt: null,
  seconds: 1,
  finishedAt: '2026-01-01T00:00:00.000Z',
};

let lab: Lab;

function show(kept: Kept<FinishedCell>): void {
  const { views } = readViews('', defaultExperiment);
  draw(
    <LabContext value={lab}>
      <Library records={{ cells: watched(kept), problem: null, data: 'noise' }} views={views} />
    </LabContext>,
  );
}

const notices = () => lab.store.getState().notices.map(({ problem }) => problem.code);

beforeEach(() => {
  lab = labOf(experiment([tiny]));
});

it('says that runs cannot be read or deleted where the database was closed, and does not call them deleted', async () => {
  const { kept } = await openKept(asFinishedCell);
  await kept.put(cell);
  show(kept);
  const button = page.getByRole('button', { name: 'Delete Plain, 8 layers, 7×7 maps, seed 1' });
  await expect.element(button).toBeVisible();
  await new Promise<void>((resolve) => {
    indexedDB.deleteDatabase('depthscope').onsuccess = () => resolve();
  });
  await button.click();
  await expect.poll(notices).toEqual(expect.arrayContaining(['kept.undeleted', 'kept.unread']));
  await expect.element(page.getByText(/^Deleted/)).not.toBeInTheDocument();
});

it('offers to undo what was deleted', async () => {
  const kept = memoryKept<FinishedCell>();
  await kept.put(cell);
  show(kept);
  await page.getByRole('button', { name: 'Delete Plain, 8 layers, 7×7 maps, seed 1' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => kept.all()).toEqual([cell]);
  expect(notices()).toEqual([]);
});
