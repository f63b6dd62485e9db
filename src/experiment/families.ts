/**
 * Families: stacks that follow from a few numbers. The three-stage families are He et al.'s for CIFAR-10
 * (arXiv 1512.03385, section 4.2): one conv layer, then three stages of n blocks each with width W, 2W and 4W,
 * the second and third starting with stride 2, then the classifier: 6n + 2 weight layers. "Base + conv" and "base +
 * identity" add layers to the shallowest of them, as in the paper's argument by construction; "base + Dirac" and "base +
 * zero residual" add layers that start as the identity. F7 is flat: a stem with stride 2 and conv layers of one width.
 */
import type { ConvItem, Item } from './experiment.ts';
import { inRange, limits } from './limits.ts';
import { problem } from './problem.ts';
import { failure, type Result, success } from './result.ts';
import { familyWidthSetting } from './settings.ts';
import { bareLayersOf, depthOf, sameStack } from './stack.ts';

/** Where the stem subsamples and how settings start: `s14` and `t7` have three stages, `f7` is flat. */
export const presetNames = ['t7', 's14', 'f7'] as const;
export type PresetName = (typeof presetNames)[number];

export const baseKinds = ['base+conv', 'base+identity', 'base+dirac', 'base+zeroresidual'] as const;
export type BaseKind = (typeof baseKinds)[number];

export const familyKinds = ['plain', 'residual', ...baseKinds] as const;
export type FamilyKind = (typeof familyKinds)[number];

export interface Family {
  readonly preset: PresetName;
  /** `f7` knows only `plain` and `residual`. */
  readonly kind: FamilyKind;
  /** The number in the name: depth of `plain` and `residual`, added layers of the `base+…` kinds. */
  readonly layers: number;
  /** Channels of the first stage. */
  readonly width: number;
}

/** Depth of the base network: one block a stage. */
export const BASE_DEPTH = 8;
/** Layers added to the base where its name does not say how many. */
export const ADDED_LAYERS = 18;
const STAGES = [0, 1, 2] as const;

/** The stack of a family that passes `checkFamily`, in its shortest form. */
export function familyStack(family: Family): Item[] {
  return family.preset === 'f7' ? flatStack(family) : stagedStack(family);
}

function conv(kind: ConvItem['kind'], width: number, stride: 1 | 2, count: number): ConvItem[] {
  return count > 0 ? [{ kind, width, stride, count }] : [];
}

function flatStack({ kind, layers, width }: Family): Item[] {
  const stem = conv('conv', width, 2, 1);
  const rest = layers - 2;
  return [...stem, ...(kind === 'residual' ? conv('residual', width, 1, rest / 2) : conv('conv', width, 1, rest))];
}

function stagedStack({ preset, kind, layers, width }: Family): Item[] {
  const block = kind === 'residual' ? 'residual' : 'plain';
  const blocks = addsToBase(kind) ? 1 : (layers - 2) / 6;
  const stack: Item[] = conv('conv', width, preset === 't7' ? 2 : 1, 1);
  for (const stage of STAGES) {
    const stageWidth = width * 2 ** stage;
    if (stage === 0) stack.push(...conv(block, stageWidth, 1, blocks));
    else stack.push(...conv(block, stageWidth, 2, 1), ...conv(block, stageWidth, 1, blocks - 1));
    stack.push(...added(kind, layers, stage, stageWidth));
  }
  return stack;
}

/** Added layers are spread evenly over the stages; the earlier ones take what is left over. */
function added(kind: FamilyKind, layers: number, stage: number, width: number): Item[] {
  if (!addsToBase(kind)) return [];
  const items = layers / layersPerItem(kind);
  const count = Math.floor(items / 3) + (stage < items % 3 ? 1 : 0);
  if (kind !== 'base+identity') return conv(addedItem[kind], width, 1, count);
  return count > 0 ? [{ kind: 'identity', count }] : [];
}

const addedItem = { 'base+conv': 'conv', 'base+dirac': 'dirac', 'base+zeroresidual': 'zeroresidual' } as const;

/** Residual blocks come as two layers each. */
function layersPerItem(kind: FamilyKind): 1 | 2 {
  return kind === 'base+zeroresidual' ? 2 : 1;
}

/** The name of a family in links: `plain-20` (preset S14), `t7-residual-38`, `f7-plain-12`, `base+conv-18`. */
export function familyToken({ preset, kind, layers }: Family): string {
  return `${preset === 's14' ? '' : `${preset}-`}${kind}-${layers}`;
}

/** Whether a family is the base with layers added. */
export function addsToBase(kind: FamilyKind): kind is BaseKind {
  return baseKinds.some((known) => known === kind);
}

/** What `layers` may be for this kind of family, smallest first: the stops of a depth control. */
export function familyLayers(preset: PresetName, kind: FamilyKind): number[] {
  if (preset !== 'f7')
    return addsToBase(kind)
      ? steps(insertedRange(kind), layersPerItem(kind))
      : [...steps(limits.familyDepth, 6), limits.depth];
  return addsToBase(kind) ? [] : steps(limits.flatDepth, kind === 'residual' ? 2 : 1);
}

function insertedRange(kind: BaseKind): { min: number; max: number } {
  return { min: layersPerItem(kind), max: limits.inserted.max };
}

function steps({ min, max }: { min: number; max: number }, step: number): number[] {
  return Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, i) => min + i * step);
}

/** The family itself if its numbers are within the limits; otherwise a problem that names the nearest that is. */
export function checkFamily(family: Family): Result<Family> {
  const { preset, kind, layers, width } = family;
  if (!inRange(width, familyWidthSetting.range)) {
    const { min, max } = familyWidthSetting.range;
    return failure(problem('spec.familyWidth', { width, min, max }));
  }
  const layersThere = familyLayers(preset, kind);
  if (layersThere.includes(layers)) return success(family);
  const isFlatBase = layersThere.length === 0;
  const nearestPreset = isFlatBase ? 's14' : preset;
  const possible = familyLayers(nearestPreset, kind);
  const nearest = possible.reduce((best, n) => (Math.abs(n - layers) < Math.abs(best - layers) ? n : best));
  const code = addsToBase(kind) ? 'spec.familyInserted' : preset === 'f7' ? 'spec.flatDepth' : 'spec.familyDepth';
  return failure(
    problem(isFlatBase ? 'spec.flatBase' : code, {
      name: familyToken(family),
      family: kind,
      min: Math.min(...possible),
      max: Math.max(...possible),
      nearest: familyToken({ ...family, preset: nearestPreset, layers: nearest }),
    }),
  );
}

/** The family that a stack is, if it is one. Nothing is stored twice: candidates are generated and compared. */
export function recognizeFamily(stack: readonly Item[]): Family | null {
  const [stem] = stack;
  if (stem?.kind !== 'conv' || !inRange(stem.width, familyWidthSetting.range)) return null;
  const depth = depthOf(stack);
  const preset = stem.stride === 2 ? 't7' : 's14';
  const candidates: Omit<Family, 'width'>[] = [
    { preset, kind: 'plain', layers: depth },
    { preset, kind: 'residual', layers: depth },
    { preset, kind: 'base+conv', layers: depth - BASE_DEPTH },
    { preset, kind: 'base+identity', layers: bareLayersOf(stack) },
    { preset, kind: 'base+dirac', layers: depth - BASE_DEPTH },
    { preset, kind: 'base+zeroresidual', layers: depth - BASE_DEPTH },
    { preset: 'f7', kind: 'plain', layers: depth },
    { preset: 'f7', kind: 'residual', layers: depth },
  ];
  for (const candidate of candidates) {
    const family = { ...candidate, width: stem.width };
    if (checkFamily(family).ok && sameStack(familyStack(family), stack)) return family;
  }
  return null;
}
