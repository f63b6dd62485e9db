import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anyEngine } from '../../engine/choose.ts';
import { aboutLines } from '../../plot/about.ts';
import { createLab, type Lab } from '../../session/store/lab.ts';
import type { LabState } from '../../session/store/state.ts';
import { experiment, tiny } from '../../session/worker/testArrival.ts';
import { testClient } from '../../session/worker/testClient.ts';
import { aboutLab } from './aboutLab.ts';

beforeEach(() => {
  vi.stubGlobal('location', { href: 'https://example.org/' });
});
afterEach(() => vi.unstubAllGlobals());

function labOf(): Lab {
  return createLab(testClient(), { experiment: experiment([tiny], { steps: 3 }), problems: [], engine: anyEngine });
}

function when({ store }: Lab, condition: (state: LabState) => boolean): Promise<void> {
  return new Promise((resolve) => {
    store.subscribe((state) => condition(state) && resolve());
  });
}

async function finish(lab: Lab): Promise<void> {
  lab.commands.play();
  await when(lab, ({ status }) => status.kind === 'finished');
}

/** What an export of the lab's charts says, in lines. */
function exported({ store }: Lab): string[] {
  return aboutLines(aboutLab(store.getState()), new Date('2026-01-01T00:00:00Z'));
}

describe('an export of the lab', () => {
  it('says how to repeat a run that began from scratch', async () => {
    const lab = labOf();
    await finish(lab);
    expect(exported(lab).at(-1)).toMatch(/^To repeat it: https:\/\/example\.org\/#v=1/);
  });

  it('says that a run was grafted, and promises no repetition', async () => {
    const lab = labOf();
    await finish(lab);
    lab.commands.graft('a', experiment([{ ...tiny, stack: [...tiny.stack, { kind: 'identity', count: 1 }] }]));
    await when(lab, ({ graft }) => graft !== null);
    const lines = exported(lab).join('\n');
    expect(lines).toMatch(/link alone does not repeat this.*grafted/);
    expect(lines).not.toContain('To repeat it');
  });

  it('says that the learning rate was changed on the way, and promises no repetition', async () => {
    const lab = labOf();
    lab.commands.step();
    await when(lab, ({ runs }) => runs.a?.steps === 1);
    lab.commands.setLearningRate(0.5);
    await finish(lab);
    const lines = exported(lab).join('\n');
    expect(lines).toMatch(/link alone does not repeat this.*learning rate was changed/);
    expect(lines).not.toContain('To repeat it');
  });
});
