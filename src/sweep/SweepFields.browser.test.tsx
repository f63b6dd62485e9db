import { useState } from 'react';
import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../ui/base.css';
import type { Experiment, Item } from '../experiment/experiment.ts';
import { defaultExperiment } from '../experiment/presets.ts';
import { usualNetwork } from '../experiment/settings.ts';
import { defaultSweep, type Sweep } from '../experiment/sweep/sweep.ts';
import { draw } from '../ui/testDraw.ts';
import { SweepFields } from './SweepFields.tsx';

/** Of no family, and without blocks. */
const custom: readonly Item[] = [
  { kind: 'conv', width: 8, stride: 2, count: 1 },
  { kind: 'identity', count: 1 },
];

function baseOf(stack: readonly Item[]): Experiment {
  return {
    ...defaultExperiment,
    networks: [{ stack, ...usualNetwork, norm: 'none' }],
  };
}

let shown: Sweep;

function Bench({ base, first }: { readonly base: Experiment; readonly first: Sweep }) {
  const [sweep, setSweep] = useState(first);
  shown = sweep;
  return <SweepFields base={base} sweep={sweep} onChange={setSweep} />;
}

async function choose(field: string, option: string): Promise<void> {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

it('steps are set here, but where they vary along the axis', async () => {
  const asked: number[] = [];
  const setSteps = (steps: number) => {
    asked.push(steps);
    return steps === 7 ? 'Not seven.' : null;
  };
  const fields = (sweep: Sweep) => (
    <SweepFields base={defaultExperiment} sweep={sweep} onChange={() => undefined} onSteps={setSteps} />
  );
  draw(fields(defaultSweep(defaultExperiment)));
  const steps = page.getByRole('textbox', { name: 'Steps' });
  await expect.element(steps).toHaveValue(String(defaultExperiment.training.steps));
  await steps.fill('7');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Not seven.')).toBeVisible();
  await steps.fill('30');
  await userEvent.keyboard('{Enter}');
  expect(asked).toEqual([7, 30]);
  draw(fields({ axis: 'steps', values: [10, 20], kinds: ['plain'], seeds: [1] }));
  await expect.element(page.getByRole('textbox', { name: 'Steps', exact: true })).not.toBeInTheDocument();
});

it('a choice that cannot be trained leaves the sweep as it is, and the field says why', async () => {
  const rates: Sweep = { axis: 'lr', values: [0.01, 0.1], kinds: ['plain'], seeds: [1] };
  draw(<Bench base={baseOf(custom)} first={rates} />);
  await choose('Setting to vary', 'Depth');
  await expect.element(page.getByText(/custom stack, so its depth cannot be varied/)).toBeVisible();
  await choose('Networks', 'Residual');
  await expect.element(page.getByText(/has no blocks, so there is no residual form/)).toBeVisible();
  expect(shown).toEqual(rates);
  await choose('Setting to vary', 'Batch size');
  await expect.poll(() => shown.axis).toBe('batch');
  await expect.element(page.getByText(/custom stack/)).not.toBeInTheDocument();
});

it('from a sweep without cells, two choices lead to one that can be trained', async () => {
  const base = baseOf(custom);
  draw(<Bench base={base} first={defaultSweep(base)} />);
  await choose('Setting to vary', 'Learning rate');
  await choose('Networks', 'Plain');
  await expect.poll(() => shown).toMatchObject({ axis: 'lr', kinds: ['plain'] });
});
