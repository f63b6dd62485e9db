import type { PixelStatistics } from '../data/prepare.ts';
import type { ImageFormat } from '../experiment/dataRef.ts';
import type { NetworkSpec, TrainingSpec } from '../experiment/experiment.ts';
import { laterText } from '../messages/laterText.ts';
import { programIn } from './dialect.ts';
import { keras } from './keras.ts';
import { planOf } from './plan.ts';
import { pytorch } from './pytorch.ts';
import { tensorflowJs } from './tensorflowJs.ts';

export const frameworks = ['pytorch', 'keras', 'tensorflowJs'] as const;
export type Framework = (typeof frameworks)[number];

const dialects = { pytorch, keras, tensorflowJs };

interface Pixels {
  readonly input?: TrainingSpec['input'];
  readonly statistics?: readonly PixelStatistics[] | undefined;
}

/**
 * A network as a program that can be run as it is, with its number of parameters in a comment. Weights start from the same
 * distributions, not from the same numbers.
 *
 * @param format of the images it takes
 * @param name of the network, for the comment
 * @param pixels how they are scaled, and the statistics of their channels where the comment is to name them
 */
export function programOf(
  framework: Framework,
  spec: NetworkSpec,
  format: ImageFormat,
  name: string,
  { input = 'standard', statistics = [] }: Pixels = {},
): string {
  const { levels, normalized } = laterText.code;
  const pixels = input === 'standard' ? statistics.length > 0 && normalized(statistics) : levels[input];
  return programIn(dialects[framework], planOf(spec, format), name, pixels || null);
}
