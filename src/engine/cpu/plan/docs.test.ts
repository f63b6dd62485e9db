/** Holds `docs/kernels/phases.txt` to what is emitted. After a change: `npx vitest run --project unit src/engine/cpu/plan/docs.test.ts -u`. */
import { expect, it } from 'vitest';
import { presetExperiment } from '../../../experiment/presets.ts';
import { buildGraph } from '../../../network/build.ts';
import type { KernelCall } from '../kernels/kernel.ts';
import { planTraining } from './compile.ts';
import { layoutOf } from './layout.ts';
import { newModule } from './program.ts';

const rule = { opt: 'momentum', wd: 1e-4, clip: 0, seed: 1 } as const;
const machine = { threads: 2, shared: true, fma: true, mostPages: 1024 };

it('has the phases of a step on processors: docs/kernels/phases.txt', async () => {
  const [spec] = presetExperiment('s14', [{ kind: 'residual', layers: 8, width: 8 }]).networks;
  if (!spec) throw new RangeError('no network');
  const graph = buildGraph(spec, 14);
  const { schedule } = planTraining(graph, rule, layoutOf(graph, rule.opt), newModule(machine), machine.fma);
  const text = schedule.phases.map(({ chunkStart, perImage, tasks, afterwards, host }, i) =>
    [
      `phase ${i}`,
      ...listed('once a chunk', chunkStart),
      ...listed('for each image', perImage),
      ...listed('beside the images', tasks),
      ...listed('once, when all threads are there', afterwards),
      ...(host === null ? [] : [`    by the host: ${host}`]),
    ].join('\n'),
  );
  const header = `A step of ResNet-8 (width 8, images of 14×14) on processors. All threads begin a phase together.\n`;
  await expect(`${header}\n${text.join('\n')}\n`).toMatchFileSnapshot(
    `${import.meta.dirname}/../../../../docs/kernels/phases.txt`,
  );
});

/** The kernels in their order; those that follow each other once, with how many there are. */
function listed(when: string, calls: readonly KernelCall[]): string[] {
  const runs: { readonly name: string; count: number }[] = [];
  for (const { code } of calls) {
    const last = runs.at(-1);
    if (last?.name === code.name) last.count++;
    else runs.push({ name: code.name, count: 1 });
  }
  const names = runs.map(({ name, count }) => (count > 1 ? `${name} ×${count}` : name));
  return calls.length > 0 ? [`    ${when}: ${names.join(' · ')}`] : [];
}
