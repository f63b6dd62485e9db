/** Every limit of an experiment but those of its settings (`settings.ts`), in one place, with its reason. `check.ts` holds experiments to them. */

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  /** The minimum itself is excluded. */
  readonly above?: boolean;
}

export function whole(min: number, max: number): Range {
  return { min, max, integer: true };
}

export function between(min: number, max: number): Range {
  return { min, max, integer: false };
}

export function positive(max: number): Range {
  return { min: 0, max, integer: false, above: true };
}

export const limits = {
  /** Colours, columns and the ids a to d: more cannot be told apart side by side. */
  networks: 4,
  /** Weight layers: as many as He et al.'s deepest network has. How many a device really carries, the memory of the plans says before they are built. */
  depth: 1202,
  /** Identity and pooling layers cost little to train but a row each to draw. */
  bareLayers: 200,
  /** Items of a stack, so that four stacks and every setting still fit in a link. */
  items: 40,
  /** Characters of a link: what chat programs and address bars pass on whole. */
  linkLength: 5000,
  /** Channels of conv items: the last stage of the widest family. */
  convWidth: whole(1, 256),
  /** Units of a dense layer: on 28×28×8 inputs, 512 units are already 3 million weights. */
  denseWidth: whole(1, 512),
  count: whole(1, 1201),
  /** Depth of plain and residual families, of form 6n + 2: He et al.'s range on CIFAR-10, n from 1 to 18; besides these, `depth` itself. */
  familyDepth: whole(8, 110),
  /** Depth of flat networks: without normalisation nothing deeper says more. */
  flatDepth: whole(2, 60),
  /** Layers added to the base, whose own 8 fit under `depth` with them. */
  inserted: whole(1, 192),
  /** Values on the axis of a sweep: more curves cannot be told apart in one picture. */
  sweepValues: 16,
  /** Cells of a sweep: a day's work for a laptop, and still a table that can be looked through. */
  sweepCells: 480,
} as const satisfies Record<string, number | Range>;

/** Of data sets, to which files are held. */
export const dataLimits = {
  /** Side of images, in pixels: 64 are as many as fit in memory by the thousand, and of fewer than 8 nothing is left after two stages. */
  imageSide: whole(8, 64),
  /** Classes of a data set: more rows than that no table of mistakes shows. */
  classes: whole(2, 100),
  /** Bytes of all pixels of a data set: CIFAR-100 has 184 million. */
  imageBytes: 256 * 2 ** 20,
  /** Images of each part: fewer than a minibatch of them teach nothing. */
  fewest: { train: 10, test: 2 },
} as const;

export function inRange(value: number, range: Range): boolean {
  const low = range.above ? value > range.min : value >= range.min;
  return low && value <= range.max && (!range.integer || Number.isInteger(value));
}

/** What a sentence about a range mentions. */
export function rangeValues(range: Range): { min: number; max: number; integer: number; above: number } {
  return { min: range.min, max: range.max, integer: Number(range.integer), above: Number(range.above ?? false) };
}
