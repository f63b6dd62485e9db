import { expect, it } from 'vitest';
import { asFinishedCell, type FinishedCell, VERSION } from '../sweeps/finishedCell.ts';
import type { ImportedCells } from '../sweeps/importedCells.ts';
import { openKept } from './database.ts';
import { keptImports } from './imported.ts';

const data = 'Noise 0123abcd';

function cellOn(images: string, version = VERSION): FinishedCell {
  return {
    key: [version, images, 'pytorch cuda float32 NVIDIA H100', 'an experiment'].join(' | '),
    link: '#v=1&a=t7-plain-8&steps=20',
    engine: { engine: 'pytorch', backend: 'cuda float32', device: { kind: 'gpu', name: 'NVIDIA H100' } },
    steps: 20,
    evaluations: [{ step: 20, trainError: 0.3, testError: 0.4 }],
    divergedAt: null,
    seconds: 3,
    finishedAt: '2026-12-01T00:00:00.000Z',
  };
}

const mapOf = (...cells: readonly FinishedCell[]) => new Map(cells.map((cell) => [cell.key, cell]));

/** What there is once earlier visits' cells have been read. */
function visit(on = data): Promise<ImportedCells> {
  return new Promise((resolve, reject) => {
    const imported = keptImports(on, reject);
    imported.subscribe(() => resolve(imported));
  });
}

it('what was imported is there on the next visit, apart from what the browser has trained, until it is removed', async () => {
  const [own, other] = [cellOn(data), cellOn('Other images 4567')];
  (await visit()).setState(mapOf(own, other, cellOn(data, 'r1')), true);
  const next = await visit();
  expect([...next.getState().values()]).toEqual([own]);
  expect([...(await visit('Other images 4567')).getState().values()]).toEqual([other]);
  const { kept } = await openKept(asFinishedCell);
  expect(await kept.get(own.key)).toBeNull();
  next.setState(new Map(), true);
  expect((await visit()).getState().size).toBe(0);
});

it('what is imported before earlier visits’ cells have been read is there beside them, and says where it is not kept', async () => {
  const [first, second] = [cellOn(data), { ...cellOn(data), key: `${cellOn(data).key} 2` }];
  (await visit()).setState(mapOf(first), true);
  const early = keptImports(data, () => undefined);
  early.setState(mapOf(second), true);
  await expect.poll(() => [...early.getState().keys()]).toEqual([first.key, second.key]);
  expect((await visit()).getState().size).toBe(2);
  const refusal = new Promise((resolve) => {
    const later = keptImports(data, resolve);
    // What cannot be cloned cannot be stored.
    later.setState(mapOf({ ...first, name: (() => undefined) as unknown as string }), true);
  });
  expect(await refusal).toBeInstanceOf(DOMException);
});
