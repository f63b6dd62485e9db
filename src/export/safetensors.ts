/**
 * Files of named tensors, as Hugging Face's safetensors has them (format 0.4): the length of a header in 8 bytes, little-endian; the header, a
 * JSON object of each tensor's type, shape and place; then the numbers, little-endian and row-major. Nothing in such a file is trusted before it has been checked.
 */
import * as v from 'valibot';
import { problem } from '../experiment/problem.ts';
import { failure, type Result, success } from '../experiment/result.ts';
import { elements } from '../ops/shapes.ts';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const LENGTH_BYTES = 8;
/** The format's own limit. */
const LARGEST_HEADER = 100e6;

/** @param about said of the file, as texts by name */
export function safetensors(
  tensors: readonly NamedTensor[],
  about: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = { __metadata__: about };
  let place = 0;
  for (const { name, shape, values } of tensors) {
    const end = place + 4 * values.length;
    header[name] = { dtype: 'F32', shape, data_offsets: [place, end] };
    place = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // The numbers begin at a multiple of eight bytes.
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + padded + place).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(padded), true);
  bytes.set(text, LENGTH_BYTES);
  let at = LENGTH_BYTES + padded;
  for (const { values } of tensors) {
    for (const value of values) {
      view.setFloat32(at, value, true);
      at += 4;
    }
  }
  return bytes;
}

const types = {
  F64: { bytes: 8, read: (view: DataView, at: number) => view.getFloat64(at, true) },
  F32: { bytes: 4, read: (view: DataView, at: number) => view.getFloat32(at, true) },
} as const;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const entrySchema = v.object({
  dtype: v.string(),
  shape: v.array(count),
  data_offsets: v.tuple([count, count]),
});
const headerSchema = v.record(v.string(), v.unknown());

/** @returns `weights.format`, or `weights.tensor` for the first tensor that cannot be read */
export function readSafetensors(bytes: Uint8Array): Result<readonly NamedTensor[]> {
  const header = headerOf(bytes);
  if (header === null) return failure(problem('weights.format'));
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.end, bytes.byteLength - header.end);
  const tensors: NamedTensor[] = [];
  for (const [name, described] of Object.entries(header.entries)) {
    if (name === '__metadata__') continue;
    const entry = v.safeParse(entrySchema, described);
    if (!entry.success) return failure(problem('weights.tensor', { name }));
    const { dtype, shape, data_offsets } = entry.output;
    const [from, to] = data_offsets;
    if (!(dtype === 'F32' || dtype === 'F64')) return failure(problem('weights.type', { name, dtype }));
    const { bytes: size, read } = types[dtype];
    const length = elements(shape);
    if (to > view.byteLength || to - from !== length * size) return failure(problem('weights.tensor', { name }));
    tensors.push({ name, shape, values: Float32Array.from({ length }, (_, i) => read(view, from + i * size)) });
  }
  return success(tensors);
}

function headerOf(bytes: Uint8Array): { readonly entries: Record<string, unknown>; readonly end: number } | null {
  if (bytes.byteLength < LENGTH_BYTES) return null;
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const end = LENGTH_BYTES + length;
  if (length > LARGEST_HEADER || end > bytes.byteLength) return null;
  try {
    const header = v.safeParse(headerSchema, JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, end))));
    return header.success ? { entries: header.output, end } : null;
  } catch {
    return null;
  }
}
