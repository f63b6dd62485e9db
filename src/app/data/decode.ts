import type { Decode } from '../../data/readers/pictures.ts';

let canvas: OffscreenCanvas | null = null;

/** Decodes a picture by the browser: the middle square, on white, without colour management, so that levels stay as the file has them. */
export const decode: Decode = async (bytes, { type }, side) => {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), { colorSpaceConversion: 'none' });
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
