/**
 * What the headers of PNG, JPEG and WebP say of a picture: its size, and what of it does not fit into 8 bits of red, green and blue. Sources: the PNG
 * specification, section 11.2.2; ITU T.81, B.2.2; Google's WebP container specification.
 */
export interface PictureHeader {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly width: number;
  readonly height: number;
  /** More than 8 bits a channel. */
  readonly isDeep: boolean;
  readonly hasAlpha: boolean;
  readonly isCmyk: boolean;
}

const plain = { isDeep: false, hasAlpha: false, isCmyk: false };

function png(bytes: Uint8Array, view: DataView): PictureHeader | null {
  if (bytes.length < 33) return null;
  const [depth = 8, colour = 0] = bytes.subarray(24);
  return {
    type: 'image/png',
    width: view.getUint32(16),
    height: view.getUint32(20),
    isDeep: depth === 16,
    hasAlpha: colour === 4 || colour === 6,
    isCmyk: false,
  };
}

/** Walks the segments to the frame's header (SOF0 … SOF15, without DHT, JPG and DAC). */
function jpeg(bytes: Uint8Array, view: DataView): PictureHeader | null {
  let at = 2;
  while (at + 10 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const isDeep = (bytes[at + 4] ?? 8) > 8;
      return { ...plain, type: 'image/jpeg', width, height, isDeep, isCmyk: bytes[at + 9] === 4 };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webp(bytes: Uint8Array, view: DataView): PictureHeader | null {
  if (bytes.length < 30) return null;
  const kind = String.fromCharCode(...bytes.subarray(12, 16));
  const of = (width: number, height: number, hasAlpha: boolean): PictureHeader => {
    return { ...plain, type: 'image/webp', width, height, hasAlpha };
  };
  if (kind === 'VP8 ') return of(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff, false);
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return of((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1, ((bits >>> 28) & 1) === 1);
  }
  const uint24 = (offset: number) => view.getUint16(offset, true) + ((bytes[offset + 2] ?? 0) << 16);
  return kind === 'VP8X' ? of(uint24(24) + 1, uint24(27) + 1, ((bytes[20] ?? 0) & 0x10) !== 0) : null;
}

/** @returns null where these are not the bytes of such a picture */
export function pictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header =
    bytes[0] === 0x89 && bytes[1] === 0x50
      ? png(bytes, view)
      : bytes[0] === 0xff && bytes[1] === 0xd8
        ? jpeg(bytes, view)
        : bytes[8] === 0x57 && bytes[9] === 0x45
          ? webp(bytes, view)
          : null;
  return header && header.width > 0 && header.height > 0 ? header : null;
}
