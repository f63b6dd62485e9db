import { expect, it } from 'vitest';
import { pictureHeader } from '../../data/readers/pictureHeader.ts';
import { decode } from './decode.ts';

const SIDE = 2;

async function pngOf(level: number): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = `rgb(${level} 0 255)`;
  context.fillRect(0, 0, SIDE, SIDE);
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
}

it('pictures that are decoded at the same time are each their own, a damaged one among them', async () => {
  const levels = [0, 60, 120, 180, 240];
  const pictures = await Promise.all(levels.map(pngOf));
  pictures[2]?.fill(0, 33);
  const found = await Promise.allSettled(
    pictures.map(async (bytes) => {
      const header = pictureHeader(bytes);
      if (!header) throw new Error('no header');
      return [...(await decode(bytes, header, SIDE)).subarray(0, 4)];
    }),
  );
  expect(found.map((each) => (each.status === 'fulfilled' ? each.value : 'damaged'))).toEqual(
    levels.map((level) => (level === 120 ? 'damaged' : [level, 0, 255, 255])),
  );
});
