/** The parts that a parameter's gradient is made of: by image, by chunk of images, or one. They are added at the end of a step. */
import type { ParameterId } from '../../../network/graph.ts';
import { clear, get, i32 } from '../assembler/code.ts';
import { at, type Kernel, type Place, type PlanBuffer, wholeOf } from '../kernels/kernel.ts';
import { control, type Layout, regionOf, required } from './layout.ts';
import type { Phases } from './phases.ts';

export interface Parts {
  readonly buffer: PlanBuffer;
  /** Address of how many there are. */
  readonly count: number;
}

export class PartialGradients {
  private readonly parts = new Map<ParameterId, Parts>();

  constructor(
    private readonly phases: Phases,
    private readonly layout: Layout,
  ) {}

  /** Told of each parameter whose parts will be there when the present phase is over. */
  onComplete: (id: ParameterId, parts: Parts) => void = () => {};

  /** One of each image. */
  perImage(id: ParameterId, label: string, bytes: number): Place {
    const buffer = this.phases.buffer(label, 'image', bytes);
    this.parts.set(id, { buffer, count: control.images });
    return at(buffer);
  }

  /** One of each chunk, to which its images add. */
  perChunk(id: ParameterId): Place {
    const bytes = 16 * regionOf(this.layout, id).packs;
    const { phases } = this;
    const buffer = phases.buffer(`filter gradients ${id}`, 'chunk', bytes);
    this.parts.set(id, { buffer, count: control.chunks });
    phases.atChunkStart(cleared(phases.kernel('clear'), at(buffer), bytes));
    return at(buffer);
  }

  /** A gradient that has one part. */
  whole(id: ParameterId): Place {
    const buffer = this.phases.buffer(`gradient ${id}`, 'plan', 16 * regionOf(this.layout, id).packs);
    this.parts.set(id, { buffer, count: control.one });
    return wholeOf(buffer);
  }

  complete(id: ParameterId): void {
    this.onComplete(id, required(this.parts, id));
  }
}

/** Fills memory with zeros. */
export function cleared(kernel: Kernel, place: Place, bytes: number) {
  const to = kernel.pointer(place);
  return kernel.finished(bytes, () => clear(get(to), i32.const(bytes)));
}
