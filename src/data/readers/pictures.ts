/** Pictures of class folders, decoded as they come in their archive to bytes of one size: nothing else of them is kept. */
import { type FileNote, FileProblemError, refuse } from '../../experiment/fileProblem.ts';
import { dataLimits } from '../../experiment/limits.ts';
import { type ListedPicture, listClassFolders } from './classFolders.ts';
import { type Labelled, splits } from './labelled.ts';
import { type PictureHeader, pictureHeader } from './pictureHeader.ts';
import type { SourceFile } from './sourceFile.ts';

/**
 * Decodes a picture to red, green, blue and alpha, its middle square in so many pixels, on white.
 *
 * @returns [side, side, 4]
 * @throws where it is damaged
 */
export type Decode = (
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
  side: number,
) => Promise<Uint8ClampedArray>;

export interface ReadPictures {
  readonly parts: readonly Labelled[];
  readonly classes: readonly string[];
  readonly notes: readonly FileNote[];
}

/** Pictures looked at to choose a size for all. */
const SAMPLE = 48;
/** Pictures that are decoded side by side. */
const AT_ONCE = 16;
const { imageSide, imageBytes } = dataLimits;

/** The commonest smaller side of some of the pictures, as far as it is allowed and there is room for so many. */
async function chooseSide(pictures: readonly ListedPicture[]): Promise<number> {
  const every = Math.max(1, Math.floor(pictures.length / SAMPLE));
  const counts = new Map<number, number>();
  for (let i = 0; i < pictures.length; i += every) {
    const header = await pictures[i]?.file.bytes().then(pictureHeader, () => null);
    if (!header) continue;
    const side = Math.min(header.width, header.height, imageSide.max);
    counts.set(side, (counts.get(side) ?? 0) + 1);
  }
  const [commonest] = [...counts].sort(([sideA, a], [sideB, b]) => b - a || sideB - sideA);
  const room = Math.floor(Math.sqrt(imageBytes / (3 * pictures.length)));
  const side = Math.min(commonest?.[0] ?? imageSide.min, room);
  if (side < imageSide.min && room >= imageSide.min) return imageSide.min;
  if (side < imageSide.min)
    refuse('set.large', {
      images: pictures.length,
      bytes: pictures.length * 3 * imageSide.min ** 2,
      limit: imageBytes,
    });
  return side;
}

type Counted = 'note.resized' | 'note.alpha' | 'note.deep' | 'note.cmyk' | 'note.damaged';

class Counts {
  private readonly counts = new Map<Counted, { count: number; example: string }>();

  add(code: Counted, { path }: SourceFile): void {
    const { count, example } = this.counts.get(code) ?? { count: 0, example: path };
    // Whichever was decoded first: the same files are told alike.
    this.counts.set(code, { count: count + 1, example: path < example ? path : example });
  }

  get damaged(): number {
    return this.counts.get('note.damaged')?.count ?? 0;
  }

  notes(side: number): FileNote[] {
    return [...this.counts].map(([code, values]): FileNote => {
      return code === 'note.resized' ? { code, values: { ...values, side } } : { code, values };
    });
  }
}

/**
 * Reads the pictures of class folders.
 *
 * @param files pictures, whatever they hold really, as they lie in their archive
 * @param onProgress told how many of them are read
 * @throws FileProblemError where they are in no class folders, or none of them can be read
 */
export async function readPictures(
  files: readonly SourceFile[],
  decode: Decode,
  onProgress: (done: number, total: number) => void,
): Promise<ReadPictures> {
  const { classes, pictures } = listClassFolders(files);
  const side = await chooseSide(pictures);
  const counts = new Counts();
  const places = new Map(files.map((file, place) => [file, place]));
  const placeOf = (picture: ListedPicture | undefined) => (picture && places.get(picture.file)) ?? 0;
  const bytesEach = 3 * side * side;
  let done = 0;

  async function read({ file }: ListedPicture, into: Uint8Array): Promise<boolean> {
    try {
      const bytes = await file.bytes();
      const header = pictureHeader(bytes);
      if (!header) throw new Error('no picture');
      const rgba = await decode(bytes, header, side);
      for (let from = 0, to = 0; to < bytesEach; from += 4, to += 3) {
        into[to] = rgba[from] ?? 0;
        into[to + 1] = rgba[from + 1] ?? 0;
        into[to + 2] = rgba[from + 2] ?? 0;
      }
      if (header.width !== side || header.height !== side) counts.add('note.resized', file);
      if (header.hasAlpha && rgba[3] !== undefined) counts.add('note.alpha', file);
      if (header.isDeep) counts.add('note.deep', file);
      if (header.isCmyk) counts.add('note.cmyk', file);
      return true;
    } catch (error) {
      if (error instanceof FileProblemError && error.problem.code === 'file.encrypted') throw error;
      counts.add('note.damaged', file);
      return false;
    } finally {
      done++;
      if (done % 100 === 0 || done === pictures.length) onProgress(done, pictures.length);
    }
  }

  const parts: Labelled[] = [];
  for (const split of splits) {
    const own = pictures.filter((picture) => picture.split === split);
    if (own.length === 0) continue;
    const pixels = new Uint8Array(own.length * bytesEach);
    const labels = Int32Array.from(own, ({ label }) => label);
    // Archives are read fastest from their beginning to their end, whatever the order of the images.
    const order = [...own.keys()].sort((a, b) => placeOf(own[a]) - placeOf(own[b]));
    const isRead = new Array<boolean>(own.length).fill(false);
    for (let from = 0; from < order.length; from += AT_ONCE) {
      const group = order.slice(from, from + AT_ONCE).map(async (i) => {
        const picture = own[i];
        if (picture) isRead[i] = await read(picture, pixels.subarray(i * bytesEach, (i + 1) * bytesEach));
      });
      await Promise.all(group);
    }
    // Those that could not be read leave no gaps.
    let kept = 0;
    isRead.forEach((was, i) => {
      if (!was) return;
      if (kept < i) pixels.copyWithin(kept * bytesEach, i * bytesEach, (i + 1) * bytesEach);
      labels[kept++] = labels[i] ?? 0;
    });
    const file = own[0]?.file.path ?? '';
    const shape = { height: side, width: side, channels: 3 } as const;
    parts.push({ split, file, ...shape, pixels: pixels.subarray(0, kept * bytesEach), labels: labels.slice(0, kept) });
  }
  if (counts.damaged === pictures.length) refuse('picture.damaged', { file: pictures[0]?.file.path ?? '' });
  return { parts, classes, notes: counts.notes(side) };
}
