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
  readonly webgl: boolean;
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
function usableBackends({ webgpu, webgl, simd }: Capabilities): readonly Backend[] {
  const order: [Backend, boolean][] = [
    ['webgpu', webgpu],
    ['wasm', simd],
    ['webgl', webgl],
    ['cpu', true],
  ];
  return order.filter(([, usable]) => usable).map(([backend]) => backend);
}

/**
 * The engines to try, in this order. What was asked for comes first, even where it is a bad idea;
 * after it comes what the page would have chosen itself; of TensorFlow.js, where somebody asks for that. A backend is one of TensorFlow.js.
 */
export function engineCandidates(capabilities: Capabilities, request: EngineRequest): readonly Candidate[] {
  const { engine, backend: asked } = request;
  if (engine === 'reference') return [{ engine }];
  const order = usableBackends(capabilities);
  const wanted = asked === null ? order : [asked, ...order.filter((backend) => backend !== asked)];
  // Threads may be there and not be allowed to start, as under a strict Content-Security-Policy.
  const portable = wanted.flatMap((backend) =>
    (backend === 'wasm' && capabilities.threads ? [true, false] : [false]).map(
      (threads): Candidate => ({ engine: 'tfjs', backend, threads }),
    ),
  );
  const isOurs = engine === 'webgpu' || engine === 'cpu' || (engine === null && asked === null);
  const all = isOurs ? withOurs(capabilities, engine, portable) : portable;
  return all.filter((candidate) => capabilities.gpuAnswers || !needsWebGpu(candidate));
}

/** Our own engines in front of TensorFlow.js; the one for processors behind what computes on a GPU, unless somebody asks for it. */
function withOurs(
  { webgpu, simd }: Capabilities,
  asked: 'webgpu' | 'cpu' | null,
  portable: readonly Candidate[],
): readonly Candidate[] {
  const fused: readonly Candidate[] = webgpu || asked === 'webgpu' ? [{ engine: 'webgpu' }] : [];
  const own: readonly Candidate[] = simd || asked === 'cpu' ? [{ engine: 'cpu' }] : [];
  const [onGpu, others] = [portable.filter(needsWebGpu), portable.filter((each) => !needsWebGpu(each))];
  return asked === 'cpu' ? [...own, ...fused, ...portable] : [...fused, ...onGpu, ...own, ...others];
}

/** Whether a renderer's description is one of the known software rasterisers. */
export function isSoftware(description: string): boolean {
  return /swiftshader|llvmpipe|lavapipe|softpipe|software|microsoft basic render|\bwarp\b/i.test(description);
}
