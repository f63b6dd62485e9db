/**
 * Finished runs as a short text that travels by chat, forum, mail or QR code: `ds1.` and the base64url form of what zlib makes of their records as
 * JSON. Its checksum (Adler-32) tells a text that was cut off or mistyped. Nothing in a record that follows from the rest of it is written: its key is made again.
 */
import { group } from 'd3-array';
import { parseLink } from '../../experiment/parseLink.ts';
import { cellKey, dataOfKey, type FinishedCell } from '../../session/sweeps/finishedCell.ts';

const PREFIX = 'ds1.';
/** In whatever stands around it: a link, quotes, a sentence. */
const pattern = /ds1\.[\w-]+/g;

/** What came longer unpacks to more than any run has. */
const MOST_UNPACKED = 200_000;

type Packed = readonly (readonly [
  version: string,
  data: string,
  engine: FinishedCell['engine'],
  runs: readonly (readonly [
    link: string,
    steps: number,
    evaluations: readonly (readonly [step: number, trainError: number, testError: number])[],
    divergedAt: number | null,
    seconds: number | null,
    finishedAt: string,
  ])[],
])[];

const versionOf = ({ key }: FinishedCell): string => key.split(' | ')[0] ?? '';

function packed(cells: readonly FinishedCell[]): Packed {
  const alike = group(cells, (cell) => JSON.stringify([versionOf(cell), dataOfKey(cell), cell.engine]));
  return [...alike.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const runs = own.map(({ link, steps, evaluations, divergedAt, seconds, finishedAt }) => {
      const errors = evaluations.map(({ step, trainError, testError }) => [step, trainError, testError] as const);
      return [link, steps, errors, divergedAt, seconds, finishedAt] as const;
    });
    return [[versionOf(first), dataOfKey(first), first.engine, runs] as const];
  });
}

/** What was packed, as records; whoever reads them checks them. @throws where it is something else */
function unpacked(read: Packed): object[] {
  return read.flatMap(([version, data, engine, runs]) =>
    runs.map(([link, steps, errors, divergedAt, seconds, finishedAt]) => {
      const key = cellKey(parseLink(link).experiment, engine, data).replace(/^r\d+/, version);
      const evaluations = errors.map(([step, trainError, testError]) => ({ step, trainError, testError }));
      return { key, link, engine, steps, evaluations, divergedAt, seconds, finishedAt };
    }),
  );
}

/** @throws where the bytes are no zlib, or become too many */
async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > MOST_UNPACKED) throw new RangeError('Too large for a run.');
    parts.push(part.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The text of runs that belong together, as those that trained side by side. `recordLines` reads it. */
export async function handInText(cells: readonly FinishedCell[]): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(packed(cells)));
  const bytes = await through(json, new CompressionStream('deflate'));
  const base64 = btoa(String.fromCharCode(...bytes));
  return PREFIX + base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

async function linesOf(text: string): Promise<string> {
  try {
    const base64 = text.slice(PREFIX.length).replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const json = new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate')));
    const records = unpacked(JSON.parse(json));
    return records.map((record) => JSON.stringify(record)).join('\n');
  } catch {
    // As no record: it is counted and told by its line.
    return text;
  }
}

/**
 * The records in whatever somebody pastes or drops, as one JSON a line, as files of records have them: short texts of runs, alone or in links,
 * between other words, and lines of a file. Words around them are left out.
 */
export async function recordLines(pasted: string): Promise<string> {
  const texts = pasted.match(pattern) ?? [];
  const files = pasted.split('\n').filter((line) => line.trimStart().startsWith('{'));
  return [...(await Promise.all(texts.map(linesOf))), ...files].join('\n');
}
