/**
 * The loss: −ln of the probability that the softmax of the logits gives the right class, averaged
 * over the minibatch, in nats. A network that knows nothing has ln 10 = 2.303.
 */
import { at, type Batch, map } from '../reference.ts';

/** ln of the softmax. Logits less their maximum give the same probabilities, and their exponentials cannot overflow. */
export function logProbabilities(logits: Batch): Float64Array {
  const [images, , , classes] = logits.shape;
  const result = new Float64Array(logits.values.length);
  for (let image = 0; image < images; image++) {
    const row = logits.values.subarray(image * classes, (image + 1) * classes);
    const largest = row.reduce((a, b) => Math.max(a, b));
    const logSum = largest + Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0));
    row.forEach((value, k) => {
      result[image * classes + k] = value - logSum;
    });
  }
  return result;
}

/**
 * @param logits [N, 1, 1, classes]
 * @param labels [N]
 */
export function forward(logits: Batch, labels: Uint8Array): number {
  const [images, , , classes] = logits.shape;
  const logs = logProbabilities(logits);
  return labels.reduce((sum, label, image) => sum - at(logs, image * classes + label), 0) / images;
}

/** Gradient by the logits: (softmax − one-hot label) / N. */
export function backward(logits: Batch, labels: Uint8Array): Batch {
  const [images, , , classes] = logits.shape;
  const logs = logProbabilities(logits);
  return map(logits, (_, i) => {
    const isLabel = labels[Math.floor(i / classes)] === i % classes;
    return (Math.exp(at(logs, i)) - (isLabel ? 1 : 0)) / images;
  });
}
