/** A canvas to paint on in device pixels. */
export interface Canvas {
  readonly context: CanvasRenderingContext2D;
  /** Device pixels of a CSS pixel. */
  readonly ratio: number;
}

/**
 * Makes a canvas as large as it is shown, in device pixels, and clears it.
 *
 * @param size in CSS pixels
 * @returns null where the browser has no context to give
 */
export function cleared(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
): Canvas | null {
  const ratio = globalThis.devicePixelRatio ?? 1;
  canvas.width = Math.max(1, Math.round(size.width * ratio));
  canvas.height = Math.max(1, Math.round(size.height * ratio));
  const context = canvas.getContext('2d');
  return context && { context, ratio };
}
