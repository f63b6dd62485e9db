/**
 * The next image of a class, or the one before; beyond the last comes the first.
 *
 * @param labels of all images
 * @param label the class; null for any
 * @returns the same image where there is no other
 */
export function neighbour(labels: ArrayLike<number>, image: number, direction: 1 | -1, label: number | null): number {
  const count = labels.length;
  for (let steps = 1; steps < count; steps++) {
    const at = (image + direction * steps + count * steps) % count;
    if (label === null || labels[at] === label) return at;
  }
  return image;
}
