/** Holds `docs/kernels/` to what is generated. After a change to kernels: `npx vitest run --project unit src/engine/webgpu/plan/docs.test.ts -u`. */
import { describe, expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets.ts';
import { buildGraph } from '../../../network/build.ts';
import { scheduleTraining } from '../../plan/compile.ts';
import { buffersOf, type Ref } from '../../plan/refs.ts';
import { compileTraining } from './compile.ts';
import { tunings } from './tuning.ts';

const rule = { opt: 'momentum', wd: 1e-4, clip: 0, seed: 1 } as const;

/** ResNet-8 of width 8 on 14×14 images. */
function graph() {
  const [spec] = presetExperiment('s14', [{ kind: 'residual', layers: 8, width: 8 }]).networks;
  if (!spec) throw new RangeError('no network');
  return buildGraph(spec, 14);
}

const docs = `${import.meta.dirname}/../../../../docs/kernels`;

/** File, kernel, layer. */
const shown = [
  ['convolve', 'convolve 3×3', 'conv 2'],
  ['channelStatistics', 'channel statistics', 'classifier'],
  ['add', 'add', 'conv 3 + shortcut'],
  ['layerGradient', 'layer gradient', 'conv 2'],
  ['bothGradients', 'both gradients 3×3', 'conv 2'],
  ['gradientByFilter', 'gradient by filter 3×3', 'conv 1'],
  ['softmaxCrossEntropy', 'softmax cross entropy', 'loss'],
  ['update', 'update, momentum', 'all'],
] as const;

describe('docs/kernels', () => {
  const { dispatches } = compileTraining(graph(), rule, 32, tunings.hardware);

  it.each(shown)('has %s as it is generated', async (file, name, layer) => {
    const found = dispatches.find((each) => each.kernel.name === name && each.layer === layer);
    if (!found) throw new RangeError(`no ${name} for ${layer}`);
    const [x, y] = found.groups;
    const header = `// ${name}, for ${layer} of ResNet-8 (width 8, 32 images of 14×14): ${x} × ${y} workgroups.\n\n`;
    await expect(header + found.kernel.code).toMatchFileSnapshot(`${docs}/${file}.wgsl`);
  });

  it('has a kernel of a plan for three networks as it is generated', async () => {
    const { dispatches: ofThree } = compileTraining(graph(), rule, 32, tunings.hardware, 3);
    const found = ofThree.find(({ kernel }) => kernel.name === 'add');
    const header =
      '// add, for conv 3 + shortcut of three such networks together: the third dimension of the workgroups says which.\n\n';
    await expect(header + found?.kernel.code).toMatchFileSnapshot(`${docs}/addOfThree.wgsl`);
  });

  it('has the schedule that both targets start from', async () => {
    const { steps } = scheduleTraining(graph(), rule, { buffers: 8 });
    const lines = steps.map(({ kernel, layer, shape, flops }) => {
      const writes =
        'writes' in kernel ? buffersOf(kernel.writes) : 'target' in kernel ? buffersOf(kernel.target.writes) : [];
      const reads = buffersOf(kernel).filter((ref) => !writes.includes(ref));
      const space = shape.length > 0 ? ` [${shape.join('×')}]` : '';
      const work = flops > 0 ? `, ${flops} FLOP an image` : '';
      return `${kernel.kind}, ${layer}${space}${work}\n    reads  ${named(reads)}\n    writes ${named(writes)}\n`;
    });
    await expect(lines.join('')).toMatchFileSnapshot(`${docs}/schedule.txt`);
  });
});

function named(refs: readonly Ref[]): string {
  const names = refs.map((ref) => {
    switch (ref.in) {
      case 'tensor':
        return ref.tensor.label;
      case 'parameter':
      case 'partialGradient':
        return `${ref.in} ${ref.id}`;
      case 'data':
        return ref.name;
      default:
        return `${ref.in} ${ref.node}`;
    }
  });
  return names.join(' · ') || '–';
}
