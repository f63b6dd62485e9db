import { describe, expect, it } from 'vitest';
import { presets } from '../experiment/presets.ts';
import { buildGraph } from '../network/build.ts';
import { initialParameters } from '../network/init.ts';
import { readSafetensors, safetensors } from './safetensors.ts';
import { arrangements, readWeights, weightsFile } from './weights.ts';

/** As the format's own documentation has them: a tensor of two float32, 1 and −2. */
const header = '{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}';
function bytesOf(text: string, numbers: readonly number[]): Uint8Array {
  const length = [text.length, 0, 0, 0, 0, 0, 0, 0];
  return Uint8Array.from([...length, ...new TextEncoder().encode(text), ...numbers]);
}
const two = [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];

describe('safetensors', () => {
  it('are read by their header', () => {
    const read = readSafetensors(bytesOf(header, two));
    expect(read).toEqual({ ok: true, value: [{ name: 'a', shape: [2], values: Float32Array.of(1, -2) }] });
  });

  it('come back as they were written, whatever is said of them', () => {
    const tensors = [
      { name: 'conv 1 weight', shape: [1, 3], values: Float32Array.of(1, 2, 3) },
      { name: 'ö', shape: [], values: Float32Array.of(0.5) },
    ];
    const bytes = safetensors(tensors, { format: 'pt' });
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
    expect(readSafetensors(bytes)).toEqual({ ok: true, value: tensors });
  });

  it.each([
    ['no header', Uint8Array.of(1, 2)],
    ['a header that is longer than the file', bytesOf(header, two).subarray(0, 20)],
    ['a header that is no JSON', bytesOf(header.replace('{', '['), two)],
  ])('are refused with %s', (_, bytes) => {
    expect(readSafetensors(bytes)).toMatchObject({ ok: false, problem: { code: 'weights.format' } });
  });

  it.each([
    ['a place outside the file', header.replace('[0,8]', '[4,12]'), 'weights.tensor'],
    ['another length than the shape', header.replace('[2]', '[3]'), 'weights.tensor'],
    ['no shape', header.replace('"shape":[2],', ''), 'weights.tensor'],
    ['another type', header.replace('F32', 'I32'), 'weights.type'],
  ])('are refused with %s', (_, text, code) => {
    expect(readSafetensors(bytesOf(text, two))).toMatchObject({ ok: false, problem: { code } });
  });
});

const { network } = presets.t7;
const spec = {
  ...network,
  norm: 'none',
  head: 'flatten',
  stack: [{ kind: 'conv', width: 2, stride: 2, count: 1 }],
} as const;
const graph = buildGraph(spec, 14);
const parameters = initialParameters(graph, spec, 1);

describe('the weights of a network', () => {
  it('are arranged as PyTorch has them', () => {
    const [conv, , dense] = arrangements(graph);
    expect(conv).toMatchObject({ name: 'conv 1 weight', shape: [2, 1, 3, 3] });
    // Of output 1, row 0, column 2: ours are by row, column, input, output.
    expect(conv?.places[9 + 2]).toBe(2 * 2 + 1);
    expect(dense).toMatchObject({ name: 'classifier weight', shape: [10, 98] });
    // Of unit 3, channel 1, row 2, column 4 of 7×7: ours are by row, column, channel, unit.
    expect(dense?.places[3 * 98 + 49 + 2 * 7 + 4]).toBe(((2 * 7 + 4) * 2 + 1) * 10 + 3);
  });

  it('come back from a file', () => {
    const bytes = weightsFile(graph, { parameters }, '#v=1');
    expect(readWeights(graph, bytes)).toEqual({ parameters, averages: [], problems: [] });
  });

  it('come back with the running averages of batch norms, which a file may also lack', () => {
    const normed = { ...spec, norm: 'batch' } as const;
    const other = buildGraph(normed, 14);
    const start = initialParameters(other, normed, 1);
    const node = other.nodes.findIndex(({ op }) => op.kind === 'batchNorm');
    const averages = [{ node, mean: Float32Array.of(0.25, -1), variance: Float32Array.of(2, 3) }];
    const bytes = weightsFile(other, { parameters: start, averages }, '#v=1');
    expect(new TextDecoder().decode(bytes)).toContain('"conv 1 running variance"');
    expect(readWeights(other, bytes)).toEqual({ parameters: start, averages, problems: [] });
    expect(readWeights(other, weightsFile(other, { parameters: start }, '')).averages).toEqual([]);
    averages[0]?.variance.fill(Number.NaN);
    expect(readWeights(other, weightsFile(other, { parameters: start, averages }, '')).problems).toHaveLength(1);
  });

  it('are refused fault by fault, where a file is of another network', () => {
    const other = buildGraph({ ...spec, norm: 'batch', stack: [{ ...spec.stack[0], width: 3 }] }, 14);
    const bytes = weightsFile(other, { parameters: initialParameters(other, spec, 1) }, '#v=1');
    const { parameters: none, problems } = readWeights(graph, bytes);
    expect(none).toEqual([]);
    expect(problems.map(({ code, values }) => [code, 'name' in values ? values.name : ''])).toEqual([
      ['weights.shape', 'conv 1 weight'],
      ['weights.missing', 'conv 1 bias'],
      ['weights.shape', 'classifier weight'],
      ['weights.unknown', 'conv 1 scale'],
      ['weights.unknown', 'conv 1 shift'],
    ]);
    const broken = parameters.map((values) => values.map(() => Number.NaN));
    expect(readWeights(graph, weightsFile(graph, { parameters: broken }, '')).problems[0]?.code).toBe(
      'weights.notFinite',
    );
  });
});
