import { afterEach, describe, expect, it, vi } from 'vitest';
import { anyEngine } from './choose.ts';
import { NoGpuDevice, requestDevice } from './gpu.ts';
import { probe } from './probe.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function browserWith(requestAdapter: () => unknown): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter } });
}

const never = new Promise<never>(() => undefined);

/** What comes of a promise after so many milliseconds. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | 'waits'> {
  const early = Promise.race([promise, new Promise<'waits'>((resolve) => setTimeout(() => resolve('waits'), ms))]);
  await vi.advanceTimersByTimeAsync(ms);
  return early;
}

describe('looking for a GPU', () => {
  it.each([
    [
      'throws at once',
      () => {
        throw new DOMException('blocklisted', 'NotSupportedError');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no driver'))],
    ['finds none', () => Promise.resolve(null)],
  ])('finds none where the browser %s', async (_, requestAdapter) => {
    browserWith(requestAdapter);
    expect(await probe(anyEngine)).toMatchObject({ webgpu: false, gpuAnswers: true });
  });

  it('waits less than two seconds for a browser that does not answer, and longer where somebody asks for WebGPU', async () => {
    vi.useFakeTimers();
    browserWith(() => never);
    expect(await within(1900, probe(anyEngine))).toMatchObject({ webgpu: false, gpuAnswers: false });
    expect(await within(1900, probe({ engine: 'webgpu', backend: null }))).toBe('waits');
  });

  it.each([
    [{ vendor: 'nvidia', architecture: 'ampere' }, {}, true],
    [{ vendor: 'google', architecture: 'swiftshader' }, {}, false],
    [{ vendor: 'nvidia', isFallbackAdapter: true }, {}, false],
    // The first browsers with WebGPU said so of the adapter.
    [undefined, { isFallbackAdapter: true }, false],
    // One that says nothing of itself, and cannot do a little work in time, is of no use.
    [{ vendor: '', architecture: '', device: '', description: '' }, {}, false],
  ])('takes what an adapter says of itself: %o %o', async (info, adapter, webgpu) => {
    const requestDevice = () => Promise.reject(new Error('no device'));
    browserWith(async () => ({ ...adapter, ...(info && { info }), requestDevice }));
    expect(await probe(anyEngine)).toMatchObject({ webgpu, gpuAnswers: true });
  });
});

describe('a device', () => {
  const device = { addEventListener: () => undefined, lost: never };

  function adapterWith(
    limits: Record<string, number | undefined>,
    granted: (asked: Record<string, number>) => boolean,
  ) {
    const asked: Record<string, number>[] = [];
    browserWith(async () => ({
      limits,
      info: { vendor: 'acme' },
      async requestDevice({ requiredLimits }: { requiredLimits: Record<string, number> }) {
        asked.push(requiredLimits);
        if (!granted(requiredLimits)) throw new DOMException('limit', 'OperationError');
        return device;
      },
    }));
    return asked;
  }

  it('has the largest buffers that the adapter has', async () => {
    const asked = adapterWith({ maxBufferSize: 4, maxStorageBufferBindingSize: 2 }, () => true);
    expect(await requestDevice()).toMatchObject({ device, name: 'acme' });
    expect(asked).toEqual([{ maxBufferSize: 4, maxStorageBufferBindingSize: 2 }]);
  });

  it('is not asked for limits that the adapter does not know', async () => {
    const asked = adapterWith({ maxBufferSize: 4 }, () => true);
    await requestDevice();
    expect(asked).toEqual([{ maxBufferSize: 4 }]);
  });

  it('has the usual buffers where a limit that was announced is refused', async () => {
    const asked = adapterWith(
      { maxBufferSize: 4, maxStorageBufferBindingSize: 2 },
      (limits) => !('maxBufferSize' in limits),
    );
    expect(await requestDevice()).toMatchObject({ device });
    expect(asked).toHaveLength(2);
  });

  it('that never comes is given up', async () => {
    vi.useFakeTimers();
    browserWith(async () => ({ limits: {}, requestDevice: () => never }));
    const found = requestDevice().catch((error: unknown) => error);
    expect(await within(6000, found)).toBeInstanceOf(NoGpuDevice);
  });
});
