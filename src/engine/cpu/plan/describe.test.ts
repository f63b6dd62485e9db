import { describe, expect, it } from 'vitest';
import { parseLink } from '../../../experiment/parseLink.ts';
import { buildGraph } from '../../../network/build.ts';
import { machineOf } from '../features.ts';
import { describeMemory } from './describe.ts';

function memoryOf(link: string) {
  const { networks, training } = parseLink(`#v=1&${link}`).experiment;
  const [network] = networks;
  if (!network) throw new Error('no network');
  return describeMemory(buildGraph(network, training.size), training, training.batch, machineOf(1, false));
}

describe('the memory of the engine for processors', () => {
  it('is what backpropagation must keep, counted by hand', () => {
    // Of 8 images their pixels, z of the conv, the mean, the logits, and the gradient by them, which the loss leaves; each begins at a multiple of 64.
    const [pixels, z, mean, logits, gradient] = [13 * 64, 14 * 14 * 16, 64, 64, 64];
    expect(memoryOf('a=conv-4&batch=8').kept).toBe(8 * (pixels + z + mean + logits + gradient));
  });

  it.each([
    'a=residual-8&width=8&size=28',
    'a=residual-20&width=8&size=28',
    'a=residual-20&width=16&size=28',
    'a=residual-56&width=8&batch=64',
    'a=t7-plain-38',
    'a=t7-residual-38',
    'a=t7-residual-38&order=pre',
    'a=t7-residual-38&gate=exclusive&dropout=0.2',
  ])('holds activations and their gradients in at most 1.6 times that: %s', (link) => {
    const { kept, activations, plan } = memoryOf(link);
    expect(activations).toBeGreaterThanOrEqual(kept);
    expect(activations).toBeLessThan(1.6 * kept);
    expect(plan).toBeGreaterThan(activations);
  });
});
