/**
 * Which engine to start, best first. On hardware WebGPU that is the fused engine, and TensorFlow.js where
 * it cannot train a network. A software GPU (SwiftShader, llvmpipe) is slower than WebAssembly on the same
 * cores, so only hardware counts as a GPU; without one, our engine for processors trains. It needs SIMD, without which
 * WebAssembly loses its advantage over WebGL and over plain JavaScript: there, TensorFlow.js trains.
 */
import { readWord } from '../experiment/addressWord.ts';
import type { Problem } from '../experiment/problem.ts';
import type { EngineName } from './engine.ts';

export const backends = ['wasm', 'webgl', 'webgpu', 'cpu'] as const;
export type Backend = (typeof backends)[number];

export const engineNames = ['webgpu', 'cpu', 'tfjs', 'reference'] as const satisfies readonly EngineName[];

/** What was asked for, for instance by `?engine=tfjs&backend=wasm`; null leaves the choice to the page. */
export interface EngineRequest {
  readonly engine: EngineName | null;
  readonly backend: Backend | null;
}

export const anyEngine: EngineRequest = { engine: null, backend: null };

export interface ReadRequest {
  readonly request: EngineRequest;
  /** What the address asks for and does not exist. */
  readonly problems: readonly Problem[];
}

/** The engine that an address asks for, for instance by `?engine=tfjs&backend=cpu`. */
export function readEngineRequest(search: string): ReadRequest {
  const query = new URLSearchParams(search);
  const problems: Problem[] = [];
  const read = <T extends string>(key: string, names: readonly T[]): T | null => {
    const value = query.get(key);
    if (value === null) return null;
    const { word, problem } = readWord(key, value, names, '');
    if (problem) problems.push(problem);
    return word;
  };
  return { request: { engine: read('engine', engineNames), backend: read('backend', backends) }, problems };
}

/** What this browser can compute on. */
export interface Capabilities {
  readonly webgpu: boolean;
  /** Whether the browser says anything at all when it is asked for a GPU: each question that it does not answer costs seconds. */
  readonly gpuAnswers: boolean;
  /** Whether WebGL draws on a GPU. To find out takes a twentieth of a second, on processors: so it is asked only where WebGL is next. */
  readonly webgl: () => boolean;
  /** WebAssembly with SIMD instructions. */
  readonly simd: boolean;
  /** Shared memory, without which there are no threads. */
  readonly threads: boolean;
}

export type Candidate =
  | { readonly engine: 'webgpu' | 'cpu' | 'reference' }
  /** `threads` where WebAssembly is to use as many as suit it. */
  | { readonly engine: 'tfjs'; readonly backend: Backend; readonly threads: boolean };

/** Whether a candidate computes by WebGPU. */
export function needsWebGpu(candidate: Candidate): boolean {
  return (candidate.engine === 'tfjs' ? candidate.backend : candidate.engine) === 'webgpu';
}

/** The backends of TensorFlow.js that can run here, best first. */
function* usableBackends({ webgpu, webgl, simd }: Capabilities): Iterable<Backend> {
  if (webgpu) yield 'webgpu';
  if (simd) yield 'wasm';
  if (webgl()) yield 'webgl';
  yield 'cpu';
}

/** Threads may be there and not be allowed to start, as under a strict Content-Security-Policy. */
function* onBackend(backend: Backend, { threads }: Capabilities): Iterable<Candidate> {
  if (backend === 'wasm' && threads) yield { engine: 'tfjs', backend, threads: true };
  yield { engine: 'tfjs', backend, threads: false };
}

/** TensorFlow.js on one backend after the other, the one that was asked for first. */
function* portable(capabilities: Capabilities, asked: Backend | null): Iterable<Candidate> {
  if (asked !== null) yield* onBackend(asked, capabilities);
  for (const backend of usableBackends(capabilities)) if (backend !== asked) yield* onBackend(backend, capabilities);
}

/** Our own engines in front of TensorFlow.js; the one for processors behind what computes on a GPU, unless somebody asks for it. */
function* withOurs(capabilities: Capabilities, { engine, backend: asked }: EngineRequest): Iterable<Candidate> {
  const { webgpu, simd } = capabilities;
  const own: readonly Candidate[] = simd || engine === 'cpu' ? [{ engine: 'cpu' }] : [];
  if (engine === 'cpu') yield* own;
  if (webgpu || engine === 'webgpu') yield { engine: 'webgpu' };
  if (engine === 'cpu') return yield* portable(capabilities, asked);
  if (webgpu || asked === 'webgpu') yield* onBackend('webgpu', capabilities);
  yield* own;
  for (const candidate of portable(capabilities, asked)) if (!needsWebGpu(candidate)) yield candidate;
}

/**
 * The engines to try, in this order, each found when it is its turn. What was asked for comes first, even where it is a bad idea;
 * after it comes what the page would have chosen itself; of TensorFlow.js, where somebody asks for that. A backend is one of TensorFlow.js.
 * @param without an engine to leave out
 */
export function* engineCandidates(
  capabilities: Capabilities,
  request: EngineRequest,
  without: EngineName | null = null,
): Iterable<Candidate> {
  const { engine, backend: asked } = request;
  const isOurs = engine === 'webgpu' || engine === 'cpu' || (engine === null && asked === null);
  const all = isOurs ? withOurs(capabilities, request) : portable(capabilities, asked);
  const reference: readonly Candidate[] = [{ engine: 'reference' }];
  for (const candidate of engine === 'reference' ? reference : all) {
    const isSilent = needsWebGpu(candidate) && !capabilities.gpuAnswers;
    if (!isSilent && candidate.engine !== without) yield candidate;
  }
}

/** Whether a renderer's description is one of the known software rasterisers. */
export function isSoftware(description: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|software|microsoft basic render|\bwarp\b/i.test(description);
}
