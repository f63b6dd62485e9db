import type { Rgb } from '../../../plot/color.ts';

/** WCAG 2's relative luminance, 0 … 1. */
function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Black or white, whichever has more contrast: at least 4.5 to 1 on any colour. */
export function inkOn(color: Rgb): '#000000' | '#ffffff' {
  // Both contrasts, 1.05 / (L + 0.05) and (L + 0.05) / 0.05, are equal where (L + 0.05)² = 1.05 · 0.05.
  return luminance(color) + 0.05 > Math.sqrt(1.05 * 0.05) ? '#000000' : '#ffffff';
}
