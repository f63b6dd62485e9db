import decodeQR from 'qr/decode.js';
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import { cellOf, type FinishedCell } from '../../session/sweeps/finishedCell.ts';
import { readCells } from '../../session/sweeps/importedCells.ts';
import { testRun } from '../../session/testRuns.ts';
import { handInText, recordLines } from './text.ts';

const data = 'Fashion-MNIST 60000 0123abcd0123abcd0123abcd';

/** As the lab measures it: untrained, and after every tenth of a hundred steps. */
function cell(link: string): FinishedCell {
  const run = testRun(link);
  const evaluations = Array.from({ length: 11 }, (_, index) => ({
    step: (index * run.steps) / 10,
    trainError: (900 - 53 * index) / 1000,
    testError: (905 - 51 * index) / 1000,
  }));
  const engine = { engine: 'cpu', backend: 'cpu', device: { kind: 'cpu', simd: true, threads: 4, fma: true } } as const;
  return cellOf({ ...run, evaluations }, engine, data, null);
}

const twins = [cell('a=t7-plain-38'), cell('a=t7-residual-38')];
const read = async (text: string) => readCells('x', await recordLines(text), data);

describe('runs as a text', () => {
  it('come back as they were, from a link, from among other words, several at once, and from lines of a file', async () => {
    const text = await handInText(twins);
    expect(text).toMatch(/^ds1\.[\w-]+$/);
    const other = cell('a=t7-plain-8');
    const chat = `Ada: “${text}”, Ben:https://example.org/x/#class=${await handInText([other])}.\n${JSON.stringify(cell('a=t7-plain-20'))}\n`;
    const { cells, problems } = await read(chat);
    expect(problems).toEqual([]);
    expect(cells.map(({ link }) => link)).toEqual([...twins, other, cell('a=t7-plain-20')].map(({ link }) => link));
    expect(cells.slice(0, 3)).toEqual([...twins, other]);
  });

  it('fit as links into a QR code that a camera reads', async () => {
    const link = `https://teacher.example.org/depthscope/#class=${await handInText(twins)}`;
    const { data: modules, size } = encode(link, { ecc: 'L', border: 4 });
    // Larger ones are too fine for the camera of a phone across a desk.
    expect(size).toBeLessThan(8 + 97);
    const side = 4 * size;
    const picture = new Uint8ClampedArray(side * side * 4).fill(255);
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        if (modules[y >> 2]?.[x >> 2]) picture.fill(0, 4 * (y * side + x), 4 * (y * side + x) + 3);
    expect(decodeQR({ width: side, height: side, data: picture })).toBe(link);
  });

  it('that were cut off, changed, or are something else are told, and nothing is taken', async () => {
    const text = await handInText(twins);
    const middle = Math.floor(text.length / 2);
    const swapped = `${text.slice(0, middle)}${text[middle] === 'A' ? 'B' : 'A'}${text.slice(middle + 1)}`;
    for (const damaged of [text.slice(0, -3), swapped, 'ds1.AAAA', 'ds1.eJyrVspIzcnJVyjPL8pJUQIALwEF4Q'])
      expect(await read(damaged), damaged).toMatchObject({ cells: [], problems: [{ code: 'imported.damaged' }] });
    expect(await read('Hello.')).toMatchObject({ cells: [], problems: [{ code: 'imported.empty' }] });
  });

  it('of other images, of another version, or with errors that no such run has, are left out', async () => {
    const [first] = twins;
    if (!first) throw new Error('No cell.');
    const codes = async (changed: FinishedCell) =>
      (await read(await handInText([changed]))).problems.map(({ code }) => code);
    expect(await codes({ ...first, key: first.key.replace('0123abcd', '0123abce') })).toEqual(['imported.otherData']);
    expect(await codes({ ...first, key: first.key.replace(/^r\d+/, 'r1') })).toEqual(['imported.otherVersion']);
    expect(await codes({ ...first, steps: first.steps - 1 })).toEqual(['imported.otherRun']);
  });

  it('that unpack to more than any run has are not unpacked', async () => {
    const zeros = new Blob([new Uint8Array(5e6)]).stream().pipeThrough(new CompressionStream('deflate'));
    const bytes = new Uint8Array(await new Response(zeros).arrayBuffer());
    expect(await read(`ds1.${Buffer.from(bytes).toString('base64url')}`)).toMatchObject({
      problems: [{ code: 'imported.damaged' }],
    });
  });
});
