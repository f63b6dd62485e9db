/**
 * Counts what a library asks of WebGPU, whichever library it is: the methods of the API itself are
 * wrapped, once a thread, before a device is made.
 */

export interface GpuCounts {
  /** Compute shaders started. */
  readonly dispatches: number;
  readonly submits: number;
  /** That cross between CPU and GPU, either way: queue writes and mapped ranges. */
  readonly bytes: number;
}

type Method = (...args: unknown[]) => unknown;

/** Calls `before` with the receiver and the arguments of every call of a method. */
function observe<T extends object, A extends unknown[]>(
  prototype: T,
  name: keyof T,
  before: (self: T, ...args: A) => void,
): void {
  const original = prototype[name] as Method;
  const observed = function (this: T, ...args: A) {
    before(this, ...args);
    return Reflect.apply(original, this, args);
  };
  Object.assign(prototype, { [name]: observed });
}

/** Calls `after` when the promise that a method returns is settled, before whoever waits for it goes on. */
function observeReturn<T extends object>(prototype: T, name: keyof T, after: () => void): void {
  const original = prototype[name] as Method;
  const observed = function (this: T, ...args: unknown[]) {
    return (Reflect.apply(original, this, args) as Promise<unknown>).finally(after);
  };
  Object.assign(prototype, { [name]: observed });
}

/** Bytes that `GPUQueue.writeBuffer` sends; its offset and size are elements of a typed array, else bytes. */
export function writtenBytes(data: AllowSharedBufferSource, offset = 0, size?: number): number {
  const unit = 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
  return size === undefined ? data.byteLength - offset * unit : size * unit;
}

export class GpuMeter {
  private dispatches = 0;
  private submits = 0;
  private bytes = 0;
  private readonly queues = new Set<GPUQueue>();
  private readonly errors: string[] = [];
  private readonly workDone = GPUQueue.prototype.onSubmittedWorkDone;

  /** @param onReturn called when a promise of WebGPU is settled, before whoever waits for it goes on */
  constructor(onReturn: () => void) {
    this.observeCommands();
    this.observeTransfers();
    this.observeErrors();
    observeReturn(GPUBuffer.prototype, 'mapAsync', onReturn);
    observeReturn(GPUQueue.prototype, 'onSubmittedWorkDone', onReturn);
    observeReturn(GPUDevice.prototype, 'popErrorScope', onReturn);
    observeReturn(GPUDevice.prototype, 'createComputePipelineAsync', onReturn);
  }

  /** Since it was last asked; null where nothing has ever been submitted to a GPU. */
  take(): GpuCounts | null {
    const counts = { dispatches: this.dispatches, submits: this.submits, bytes: this.bytes };
    this.dispatches = 0;
    this.submits = 0;
    this.bytes = 0;
    return this.queues.size > 0 ? counts : null;
  }

  /**
   * Resolves when the GPU has done everything that was submitted.
   * @throws Error with what the GPU complained about since it was last asked
   */
  async idle(): Promise<void> {
    await Promise.all([...this.queues].map((queue) => this.workDone.call(queue)));
    const errors = this.errors.splice(0);
    if (errors.length > 0) throw new Error(errors[0]);
  }

  private observeCommands(): void {
    const dispatched = () => {
      this.dispatches++;
    };
    observe(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', dispatched);
    observe(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', dispatched);
    observe(GPUQueue.prototype, 'submit', (queue) => {
      this.submits++;
      this.queues.add(queue);
    });
  }

  private observeTransfers(): void {
    const transferred = (bytes: number) => {
      this.bytes += bytes;
    };
    observe(
      GPUQueue.prototype,
      'writeBuffer',
      (_queue, _buffer: GPUBuffer, _at: number, data: AllowSharedBufferSource, offset?: number, size?: number) =>
        transferred(writtenBytes(data, offset, size)),
    );
    observe(GPUDevice.prototype, 'createBuffer', (_device, { mappedAtCreation, size }: GPUBufferDescriptor) => {
      if (mappedAtCreation) transferred(size);
    });
    observe(GPUBuffer.prototype, 'mapAsync', (buffer, _mode: number, offset: number = 0, size?: number) =>
      transferred(size ?? buffer.size - offset),
    );
  }

  /** Mistakes in the use of WebGPU do not throw: they reach the device as events. */
  private observeErrors(): void {
    const watched = new WeakSet<GPUDevice>();
    observe(GPUDevice.prototype, 'createBuffer', (device) => {
      if (watched.has(device)) return;
      watched.add(device);
      device.addEventListener('uncapturederror', ({ error }) => this.errors.push(error.message));
    });
  }
}
