import type { Decode } from '../../data/readers/pictures.ts';

let asked: Uint8Array<ArrayBuffer>[] = [];
let askedBytes = 0;
let whole: Promise<Blob> | null = null;

/** Lays what is asked for at the same time in one blob: to pass one to the browser takes longer than to decode a small picture. */
async function blobOf(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<Blob> {
  const from = askedBytes;
  const to = from + bytes.length;
  askedBytes = to;
  asked.push(bytes);
  whole ??= Promise.resolve().then(() => {
    const blob = new Blob(asked);
    asked = [];
    askedBytes = 0;
    whole = null;
    return blob;
  });
  return (await whole).slice(from, to, type);
}

let canvas: OffscreenCanvas | null = null;

/** Decodes a picture by the browser: the middle square, on white, without colour management, so that levels stay as the file has them. */
export const decode: Decode = async (bytes, { type }, side) => {
  const bitmap = await createImageBitmap(await blobOf(bytes, type), { colorSpaceConversion: 'none' });
  try {
    canvas ??= new OffscreenCanvas(side, side);
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('no canvas');
    const { width, height } = bitmap;
    const square = Math.min(width, height);
    context.imageSmoothingQuality = 'high';
    context.fillStyle = 'white';
    context.fillRect(0, 0, side, side);
    const [left, top] = [(width - square) / 2, (height - square) / 2];
    context.drawImage(bitmap, left, top, square, square, 0, 0, side, side);
    return context.getImageData(0, 0, side, side).data;
  } finally {
    bitmap.close();
  }
};
