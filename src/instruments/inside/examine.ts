/** One test image on its way through a network whose batch norms are fixed, so that what is seen is this image's alone. */
import type { Trainer } from '../../engine/engine.ts';
import { logProbabilitiesOf } from '../../engine/probabilities.ts';
import type { FrozenNetwork } from '../../network/frozen.ts';
import type { Examine, Subject } from '../../session/examination.ts';
import { frozenOf, sampleOf } from '../examination/evaluated.ts';
import { greysOf } from '../examination/greys.ts';

/** The latest frozen network of each trainer, so that walking from image to image does not estimate its statistics each time. */
const latest = new WeakMap<Trainer, { readonly step: number; readonly network: FrozenNetwork }>();

async function frozenOnce(subject: Subject): Promise<FrozenNetwork> {
  const { trainer, step } = subject;
  const known = latest.get(trainer);
  if (known?.step === step) return known.network;
  const network = await frozenOf(subject);
  latest.set(trainer, { step, network });
  return network;
}

export const examine: Examine<'inside'> = async function* (subject, { image, layer, at }) {
  const { engine, training, images, step } = subject;
  const { graph, parameters } = await frozenOnce(subject);
  const looked = graph.layers[layer];
  if (!looked) throw new RangeError(`no layer ${layer}`);
  const [height, width, channels] = graph.nodes[looked[at]]?.shape ?? [0, 0, 0];
  const trainer = await engine.createTrainer(graph, parameters, training, images);
  try {
    const nodes = [looked[at], graph.logits];
    const [values, logits] = await trainer.activations('test', Uint32Array.of(image), nodes);
    yield {
      step,
      images: 1,
      done: 1,
      planned: 1,
      image,
      layer,
      at,
      size: images.size,
      pixels: greysOf(images, [image])[0] ?? new Uint8Array(),
      probabilities: Array.from(logProbabilitiesOf(logits ?? []), Math.exp),
      maps: { values: values ?? new Float32Array(), height, width, channels },
      labels: Uint8Array.from(sampleOf(subject).test, (index) => images.test.labels[index] ?? 0),
    };
  } finally {
    trainer.dispose();
  }
};
