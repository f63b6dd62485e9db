/** Every limit of an experiment, in one place, with its reason. `check.ts` holds experiments to them. */

export interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
  /** The minimum itself is excluded. */
  readonly above?: boolean;
}

function whole(min: number, max: number): Range {
  return { min, max, integer: true };
}

function positive(max: number): Range {
  return { min: 0, max, integer: false, above: true };
}

export const limits = {
  /** Colours, columns and the ids a to d: more cannot be told apart side by side. */
  networks: 4,
  /** Weight layers: He et al. show what there is to see by 110, and a row still has a few pixels at 200. */
  depth: 200,
  /** Identity and pooling layers cost little to train but a row each to draw. */
  bareLayers: 200,
  /** Items of a stack, so that four stacks and every setting still fit in a link. */
  items: 40,
  /** Characters of a link: what chat programs and address bars pass on whole. */
  linkLength: 4000,
  /** Channels of conv items: the last stage of the widest family. */
  convWidth: whole(1, 256),
  /** Units of a dense layer: on 28×28×8 inputs, 512 units are already 3 million weights. */
  denseWidth: whole(1, 512),
  count: whole(1, 200),
  /** First-stage width of a family: below 4, seeds differ more than depths; 64 is ResNet-18's. */
  familyWidth: whole(4, 64),
  /** Depth of plain and residual families, of form 6n + 2: He et al.'s range on CIFAR-10, n from 1 to 18. */
  familyDepth: whole(8, 110),
  /** Depth of flat networks: without normalisation nothing deeper says more. */
  flatDepth: whole(2, 60),
  /** Layers added to the base, whose own 8 fit under `depth` with them. */
  inserted: whole(1, 192),
  /** Standard deviation and gain of initial weights; at 0 no gradient passes at all. */
  std: positive(10),
  gain: positive(100),
  /** Factors on the two paths of a residual block: above 1 they grow by powers of the depth, and 10 is past every float at 110 layers. */
  pathScale: { min: 0, max: 10, integer: false },
  /** Bias of a gate: σ(±20) is 1 or 0 to the last digit of a float32. */
  gateBias: { min: -20, max: 20, integer: false },
  /** Dropout on the shortcut: at 1 there would be none; a factor of 0 says that better. */
  dropout: { min: 0, max: 0.95, integer: false },
  /** Survival of the last block: at 0 it would never be trained. */
  survival: positive(1),
  /** Images in a minibatch: beyond 512 an epoch is too few steps to watch. */
  batch: whole(1, 512),
  /** Far beyond what diverges, so that divergence can be seen. */
  lr: positive(10),
  wd: { min: 0, max: 1, integer: false },
  clip: { min: 0, max: 1e6, integer: false },
  /** The random generator takes 32 bits. */
  seed: whole(0, 2 ** 32 - 1),
  /** The page ships 10,000 training images, of ten classes. */
  train: whole(10, 10_000),
  /** As many as are recorded, layer by layer, in memory. */
  steps: whole(1, 10_000),
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
} as const satisfies Record<string, number | Range>;

export function inRange(value: number, range: Range): boolean {
  const low = range.above ? value > range.min : value >= range.min;
  return low && value <= range.max && (!range.integer || Number.isInteger(value));
}

/** What a sentence about a range mentions. */
export function rangeValues(range: Range): { min: number; max: number; integer: number; above: number } {
  return { min: range.min, max: range.max, integer: Number(range.integer), above: Number(range.above ?? false) };
}
