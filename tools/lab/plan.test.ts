import { describe, expect, it } from 'vitest';
import type { DispatchRow, PlanSummary } from '../../src/engine/webgpu/plan/describe.ts';
import { readOptions } from './options.ts';
import { planLines, planTables } from './plan.ts';

/** One conv of 4 channels with batch norm, global pooling and the classifier, on 8 images of 14×14. */
const { experiment } = readOptions(['--exp', 'a=conv-4&batch=8&opt=adam']);

const pack = 16;
const image = 14 * 14 * 4;
/** One number an image. */
const perImage = 8 * 4;
const z = 8 * 14 * 14 * pack;
const logits = 8 * 3 * pack;
/** The conv's filter, its scale and shift, the classifier's filter and bias: none has more than 16 packs, and each begins at a multiple of 256 bytes. */
const parameters = 5 * 256;
/** Each region is four pieces of four packs. */
const pieces = 5 * 4;
const pieceTable = pieces * 2 * pack;
const owners = 5 * pack;
/**
 * For the gradient by a filter its splits: a workgroup makes its three rows, and adds what 21 invocations have of each, of which there is one for each of 112 rows of
 * images at most, and of the classifier's, one for each image; for the others one.
 */
const partial = 6 * 256 + 256 + 3 * 256;

/** By hand: of each dispatch the multiplications and additions, and the bytes of what it binds, in the order of its bindings. */
const expected: readonly [op: string, layer: string, flops: number, bytes: number][] = [
  // 4 workgroups of 64 runs of 7 pixels leave two packs each.
  ['convolve 3×3', 'conv 1', 2 * 9 * 8 * 14 * 14 * 4, 8 * image + perImage + 256 + z + 4 * 2 * pack],
  ['convolve 1×1', 'classifier', 2 * 4 * 8 * 10, 8 * pack + 256 + 256 + logits + 3 * 3 * pack],
  ['softmax cross entropy', 'loss', 0, logits + perImage + perImage + perImage + logits],
  ['gradient by filter 3×3', 'conv 1', 2 * 9 * 8 * 14 * 14 * 4, 8 * image + perImage + z + 6 * 256],
  ['reduce gradients', 'all', 0, pieceTable + partial + parameters + pieces * 8],
  // Two layers' rows of the table, then regions of 256 bytes: two each of measurements, and one of results.
  ['summarize gradients', 'all', 0, owners + 2 * 2 * pack + pieces * 8 + 2 * 256 + 2 * 256 + 256],
  ['finite check', 'all', 0, perImage + 256 + pack],
  ['update, adam', 'all', 0, pieceTable + parameters + pack + parameters + 2 * parameters + pieces * pack],
  ['summarize update', 'all', 0, owners + pieces * pack + 256],
];

describe('the listing of a plan', () => {
  it('has for every dispatch what it computes and the bytes of all that it binds', () => {
    const [line = ''] = planLines(experiment);
    const { dispatches } = JSON.parse(line) as PlanSummary;
    const found = (op: string, layer: string): DispatchRow | undefined =>
      dispatches.find((each) => each.op === op && each.layer === layer);
    for (const [op, layer, flops, bytes] of expected) {
      expect(found(op, layer), op).toMatchObject({ flops, bytes });
    }
  });

  it('has a line for each of them, with totals and what is meant by bytes below', () => {
    const lines = planTables(experiment);
    expect(lines.find((line) => line.startsWith('convolve 3×3'))).toMatch(/conv 1 +14×14×4 +4 +0\.1129 +31\.8 KB$/);
    expect(lines.find((line) => line.startsWith('update, adam'))).toMatch(/all +320 +1 +– +6\.1 KB$/);
    expect(lines.filter((line) => line.startsWith('16 dispatches'))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith('On processors'))).toMatch(/must keep of the minibatch: 33\.3 KB\.$/);
    expect(lines.filter((line) => line.startsWith('Bytes are those of'))).toHaveLength(1);
  });
});
