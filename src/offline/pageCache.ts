/** Where the page's own files are kept in this browser. The images have a cache of their own (`data/chunkCache.ts`). */

export const pageCache = 'depthscope-page';

/** What the build says of its files, in `offline.json`. */
export interface BuiltFile {
  /** Path from the folder of the page. */
  readonly path: string;
  readonly bytes: number;
  /** Some computers never need it: TensorFlow.js, in its variants. */
  readonly isOptional: boolean;
}
