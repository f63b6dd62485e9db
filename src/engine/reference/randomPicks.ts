import type { NetworkGraph } from '../../network/graph.ts';
import { random } from '../../network/random.ts';
import { elements } from '../../ops/shapes.ts';
import type { Pick } from './finiteDifferences.ts';

/**
 * Numbers chosen at random among all that training changes, each as likely as any other.
 *
 * @param seed other seeds give other numbers
 */
export function randomPicks(graph: NetworkGraph, count: number, seed: number): Pick[] {
  const uniform = random(seed, 'gradient check');
  const sizes = graph.parameters.map(({ shape }) => elements(shape));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return Array.from({ length: count }, () => {
    let index = Math.floor(uniform() * total);
    let parameter = 0;
    while (index >= (sizes[parameter] ?? total)) index -= sizes[parameter++] ?? total;
    return { parameter, index };
  });
}
