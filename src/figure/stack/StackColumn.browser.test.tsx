import { useMemo, useState } from 'react';
import { describe, expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import '../../ui/base.css';
import { type Edited, insertItem, moveItem, removeItem, setItem } from '../../experiment/edit.ts';
import type { Experiment, Item } from '../../experiment/experiment.ts';
import { usualNetwork, usualTraining } from '../../experiment/settings.ts';
import { stackText } from '../../experiment/stack.ts';
import { buildGraph } from '../../network/build.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { quantityAxis } from '../../plot/axis.ts';
import { type Quantity, quantities, type StepRecord } from '../../records/records.ts';
import { appendRecords, emptyRun, type Run } from '../../records/run.ts';
import { draw } from '../../ui/testDraw.ts';
import { StackColumn } from './StackColumn.tsx';
import type { StackEdits } from './stackEdits.tsx';

const stack: readonly Item[] = [
  { kind: 'conv', width: 8, stride: 2, count: 1 },
  { kind: 'residual', width: 16, stride: 2, count: 2 },
  { kind: 'identity', count: 1 },
  { kind: 'dense', width: 32, count: 1 },
];

const experiment: Experiment = {
  networks: [{ stack, ...usualNetwork }],
  training: { ...usualTraining, schedule: 'constant' },
};

/**
 * One step in which layer l has the weight gradient 10⁻ˡ and every other quantity is 0.5. Dead, no layer but the classifier has any
 * gradient.
 */
function runOf(graph: NetworkGraph, isDead: boolean): Run {
  const names = graph.layers.map((layer) => layer.name);
  const column = (value: (layer: number) => number) => Float32Array.from(names, (_, layer) => value(layer));
  const layers = Object.fromEntries(quantities.map((quantity) => [quantity, column(() => 0.5)]));
  const ofDead = column((layer) => (layer === names.length - 1 ? 0.5 : 0));
  if (isDead)
    return appendRecords(emptyRun(names, null, { batch: 256 }), [
      recordOf({ ...layers, signalGradient: ofDead, weightGradient: ofDead }),
    ]);
  return appendRecords(emptyRun(names), [recordOf({ ...layers, weightGradient: column((layer) => 10 ** -layer) })]);
}

function recordOf(layers: object): StepRecord {
  return {
    type: 'step',
    network: 'a',
    step: 1,
    loss: 2.3,
    learningRate: 0.05,
    layers,
    overflow: null,
  } as unknown as StepRecord;
}

let shown: Experiment;

interface BenchProps {
  readonly trained: boolean;
  readonly quantity?: Quantity;
  readonly isDead?: boolean;
  readonly items?: readonly Item[];
}

/** A column whose edits are the real ones, as the page binds it. */
function Bench({ trained, quantity = 'weightGradient', isDead = false, items = stack }: BenchProps) {
  const [current, setCurrent] = useState<Experiment>({ ...experiment, networks: [{ stack: items, ...usualNetwork }] });
  shown = current;
  const edits = useMemo((): StackEdits => {
    const apply = (edited: Edited) => {
      if (!edited.ok) return edited.problem;
      setCurrent(edited.value);
      return null;
    };
    return {
      insertItem: (index, item) => apply(insertItem(current, 0, index, item)),
      removeItem: (index) => apply(removeItem(current, 0, index)),
      moveItem: (from, to) => apply(moveItem(current, 0, from, to)),
      setItem: (index, item) => apply(setItem(current, 0, index, item)),
    };
  }, [current]);
  const [network] = current.networks;
  if (!network) return null;
  const graph = buildGraph(network, current.training.size);
  const run = trained ? runOf(graph, isDead) : undefined;
  return (
    <div style={{ display: 'grid', height: 640, width: 560 }}>
      <StackColumn
        id="a"
        name="Bench"
        spec={network}
        graph={graph}
        training={current.training}
        run={run}
        viewStep={null}
        quantity={quantity}
        axis={quantityAxis(quantity, [run])}
        edits={edits}
      />
    </div>
  );
}

function show(trained = true, shownAs: Omit<BenchProps, 'trained'> = {}): void {
  draw(<Bench trained={trained} {...shownAs} />);
}

function stackNow(): string {
  return stackText(shown.networks[0]?.stack ?? []);
}

async function focusedCursor() {
  const cursor = page.getByRole('slider', { name: 'Layers of Bench' });
  await expect.element(cursor).toBeInTheDocument();
  cursor.element().focus();
  return cursor;
}

async function typeRepeats(typed: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Repeats/ }).fill(typed);
  await userEvent.keyboard('{Enter}');
}

async function openList(): Promise<void> {
  await page.getByRole('button', { name: 'Edit the stack of Bench' }).click();
}

/** Presses keys one after the other, each once the element that has the focus has the name that is given. */
async function pressAt(name: RegExp | string, keys: string): Promise<void> {
  await expect.element(page.elementLocator(document.body).getByRole('button', { name }).first()).toBeInTheDocument();
  await expect.poll(() => document.activeElement?.getAttribute('aria-label') ?? '').toMatch(name);
  await userEvent.keyboard(keys);
}

describe('the layer cursor', () => {
  it('says the values of the layer that an arrow key goes to', async () => {
    show();
    const cursor = await focusedCursor();
    await userEvent.keyboard('{Home}{ArrowDown}');
    // The block it begins doubles the channels, and its shortcut is of option A.
    await expect
      .element(cursor)
      .toHaveAttribute(
        'aria-valuetext',
        'conv 2, shortcut with zero-padding: weight gradient 0.100, signal gradient 0.500, weight norm 0.500, relative update 0.500, response size 0.500, dead units 50.0%',
      );
    await expect.element(page.getByText('conv 2 · 16 · 4²')).toBeInTheDocument();
    await userEvent.keyboard('{End}');
    await expect
      .element(cursor)
      .toHaveAttribute('aria-valuetext', expect.stringContaining('classifier: weight gradient'));
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    await expect.element(cursor).toHaveAttribute('aria-valuetext', expect.stringContaining('identity 1: No weights'));
  });

  it('opens the editor of its layer’s item with Enter, and stays with the item when the item grows', async () => {
    show();
    await focusedCursor();
    await userEvent.keyboard('{Home}{ArrowDown}{Enter}');
    const dialog = page.getByRole('dialog', { name: 'residual 16, stride 2' });
    await dialog.getByRole('button', { name: 'Increase repeats' }).click();
    await expect.poll(stackNow).toBe('conv-8/2,residual-16/2*3,identity,dense-32');
    await dialog.getByRole('button', { name: 'Increase width' }).click();
    await expect.poll(stackNow).toBe('conv-8/2,residual-24/2*3,identity,dense-32');
    await typeRepeats('20');
    await expect.poll(stackNow).toBe('conv-8/2,residual-24/2*20,identity,dense-32');
    await typeRepeats('many');
    await expect.element(page.getByRole('alert').first()).toHaveTextContent('from 1 to 1,201');
    await typeRepeats('3');
    await expect.poll(stackNow).toBe('conv-8/2,residual-24/2*3,identity,dense-32');
    await page.getByRole('dialog').getByRole('button', { name: 'Move down' }).click();
    await expect.poll(stackNow).toBe('conv-8/2,identity,residual-24/2*3,dense-32');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(page.getByText('conv 2 · 24 · 4²')).toBeInTheDocument();
  });

  it('has no values to say, and no bars, before the first step', async () => {
    show(false);
    const cursor = await focusedCursor();
    await expect.element(cursor).toHaveAttribute('aria-valuetext', 'conv 1: Not trained yet.');
    const paths = Array.from(document.querySelectorAll('[data-bars] path'), (path) => path.getAttribute('d'));
    expect(paths.join('')).toBe('');
    await expect.element(page.getByText('identity 1')).toBeInTheDocument();
  });
});

describe('the bars', () => {
  it('show one bar a weight layer, none for layers without weights', async () => {
    show();
    await expect.element(page.getByRole('slider')).toBeInTheDocument();
    const bars = document.querySelector('.stack-bars')?.getAttribute('d') ?? '';
    // A conv, two blocks of two convs each, a dense layer and the classifier; the identity layer has no bar.
    expect(bars.split('M').length - 1).toBe(1 + 4 + 1 + 1);
  });
});

describe('the factor above the bars', () => {
  it('is that of the gradient that they show', async () => {
    show();
    await expect.element(page.getByText('×10.0 per layer towards the input')).toBeInTheDocument();
    show(true, { quantity: 'signalGradient' });
    await expect.element(page.getByText('×1.00 per layer towards the input')).toBeInTheDocument();
  });

  it.each([
    ['the dense layers before the classifier, where there are no convs', 3, '×10.0 per layer towards the input'],
    ['none where there is one layer', 1, 'Factor per layer: needs two layers with a gradient before the classifier'],
  ])('is that of %s', async (_, count, expected) => {
    show(true, { items: [{ kind: 'dense', width: 32, count }] });
    await expect.element(page.getByText(expected)).toBeInTheDocument();
  });

  it('is none where the bars show no gradient', async () => {
    show(true, { quantity: 'responseStd' });
    await expect.element(page.getByText(/^std/)).toBeInTheDocument();
    expect(page.getByText(/per layer/).query()).toBeNull();
  });

  it('is explained by a button, to which the keyboard and a finger get, too', async () => {
    show();
    const button = page.getByRole('button', { name: 'What the numbers of Bench mean' });
    await expect.element(button).toBeInTheDocument();
    button.element().focus();
    await userEvent.keyboard('{Enter}');
    const dialog = page.getByRole('dialog', { name: 'What the numbers of Bench mean' });
    await expect.element(dialog).toHaveTextContent(/fitted to the weight gradient of the conv layers/);
    await expect.element(dialog).toHaveTextContent(/million floating-point operations/);
  });
});

describe('a dead network', () => {
  it('is called dead, whatever its bars show, and its zeros are rings and no bars', async () => {
    show(true, { isDead: true });
    await expect
      .element(page.getByText('No signal at all: this network has died', { exact: true }))
      .toBeInTheDocument();
    await expect.element(page.getByText(/exactly 0/)).toBeInTheDocument();
    const bars = document.querySelector('.stack-bars')?.getAttribute('d') ?? '';
    const rings = document.querySelector('[data-bars] .stack-mark-zero')?.getAttribute('d') ?? '';
    expect([bars.split('M').length - 1, rings.split('M').length - 1]).toEqual([1, 6]);
    await expect
      .element(
        page.getByText(/^No signal at all: this network has died\. Weight gradient of 7 weight layers, step 1: 0 in/),
      )
      .toBeInTheDocument();
    show(true, { isDead: true, quantity: 'responseStd' });
    await expect.element(page.getByText(/^std of response/)).toBeInTheDocument();
    await expect
      .element(page.getByText('No signal at all: this network has died', { exact: true }))
      .toBeInTheDocument();
    expect(page.getByText(/exactly 0/).query()).toBeNull();
  });
});

describe('the summary', () => {
  // A conv, two blocks of two convs each, a dense layer and the classifier, with 10⁻ˡ from layer to layer.
  const sentence =
    /^Weight gradient of 7 weight layers, step 1: 1\.00 in the first, 1\.00·10⁻⁶ in the last; from 1\.00·10⁻⁶ to 1\.00\.$/;

  it('says what the bars show, in the page, without being seen or announced', async () => {
    show();
    const summary = page.getByText(sentence);
    await expect.element(summary).toBeInTheDocument();
    expect(summary.element().closest('[aria-live], [role="status"], [role="log"], [role="alert"]')).toBeNull();
    expect(summary.element().matches('.visually-hidden')).toBe(true);
  });

  it('says nothing before the first step', async () => {
    show(false);
    await expect.element(page.getByRole('slider')).toBeInTheDocument();
    expect(page.getByText(/in the first/).query()).toBeNull();
  });
});

describe('the list', () => {
  it('reorders by keyboard: Enter takes an item, arrow keys move it, Enter puts it down', async () => {
    show();
    await openList();
    const handle = page.getByRole('button', { name: 'Move conv 8, stride 2', exact: true });
    await expect.element(handle).toBeInTheDocument();
    handle.element().focus();
    await userEvent.keyboard('{Enter}');
    await pressAt(/Insert between conv 8, stride 2 and residual/, '{ArrowDown}');
    await pressAt(/Insert between residual .* and identity/, '{Enter}');
    await expect.poll(stackNow).toBe('residual-16/2*2,conv-8/2,identity,dense-32');
    await expect
      .poll(() => document.activeElement?.closest('[role="row"]')?.getAttribute('aria-label'))
      .toBe('conv 8, stride 2');
  });

  it('repeats, removes and adds items by button', async () => {
    show();
    await openList();
    await page.getByRole('button', { name: 'Increase repeats of residual 16' }).click();
    await expect.poll(stackNow).toBe('conv-8/2,residual-16/2*3,identity,dense-32');
    await page.getByRole('button', { name: 'Remove identity' }).click();
    await expect.poll(stackNow).toBe('conv-8/2,residual-16/2*3,dense-32');
    await page.getByRole('button', { name: 'Add layer' }).click();
    await page.getByRole('menuitem', { name: 'Max pooling' }).click();
    await expect.poll(stackNow).toBe('conv-8/2,residual-16/2*3,dense-32,maxpool');
  });

  it('says why an edit is refused, changes nothing, and is silent again after the next edit', async () => {
    show();
    await openList();
    await page.getByRole('button', { name: 'Decrease repeats of conv 8' }).click();
    await expect.element(page.getByRole('alert')).toHaveTextContent('from 1 to 1,201');
    expect(stackNow()).toBe(stackText(stack));
    await page.getByRole('button', { name: 'Increase repeats of conv 8' }).click();
    await expect.element(page.getByRole('alert')).not.toBeInTheDocument();
  });
});
