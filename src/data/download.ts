/**
 * Fetches one file, tells how far it is, and tries again where that may help. What it returns has
 * been read and checked by the caller's reader; anything else is a ProblemError that names the file.
 */
import { ProblemError, problem } from '../experiment/problem.ts';

export interface DownloadOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds to wait before the second attempt, the third, …: one attempt more than there are pauses. */
  readonly pauses: readonly number[];
  /** Milliseconds without a byte after which an attempt is given up. */
  readonly patience: number;
}

export interface Download<T> {
  readonly url: string;
  /** Name in messages. */
  readonly file: string;
  /** Of the first attempt: `no-cache` for a file that may have changed since. */
  readonly cache: RequestCache;
  /** Told the bytes of this attempt so far; 0 when it has failed. */
  onBytes?(bytes: number): void;
  /** Makes something of the content; throws a ProblemError where it is not what it should be. */
  read(bytes: Uint8Array<ArrayBuffer>): Promise<T>;
}

/** What a client got wrong (not found, forbidden) stays wrong; 408 and 429 say "later". */
function isFinal(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true;
  const { code, values } = error.problem;
  const status = code === 'data.http' ? values.status : 0;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

/** Reads a response to its end; `alive` is called with every sign of life. */
async function readBody(response: Response, alive: (bytes: number) => void): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    pieces.push(part.value);
    length += part.value.length;
    alive(length);
  }
  return join(pieces, length);
}

async function attempt(
  { url, file, onBytes }: Download<unknown>,
  options: DownloadOptions,
  cache: RequestCache,
): Promise<Uint8Array<ArrayBuffer>> {
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  let timer = setTimeout(giveUp, options.patience);
  try {
    const response = await options.fetch(url, { signal: controller.signal, cache });
    if (!response.ok) throw new ProblemError(problem('data.http', { file, status: response.status }));
    return await readBody(response, (bytes) => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, options.patience);
      onBytes?.(bytes);
    });
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    if (controller.signal.aborted) {
      throw new ProblemError(problem('data.stalled', { file, seconds: options.patience / 1000 }));
    }
    throw new ProblemError(problem('data.unreachable', { file }));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Fetches and reads a file.
 *
 * @throws ProblemError of the last attempt: `data.http`, `data.unreachable`, `data.stalled`, or what `read` threw
 */
export async function download<T>(wanted: Download<T>, options: DownloadOptions): Promise<T> {
  for (let tried = 0; ; tried++) {
    try {
      // A second attempt goes past the browser's own cache, which may be where the damage is.
      return await wanted.read(await attempt(wanted, options, tried === 0 ? wanted.cache : 'reload'));
    } catch (error) {
      wanted.onBytes?.(0);
      const pause = options.pauses[tried];
      if (pause === undefined || isFinal(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
