/**
 * How a network's stack is written in a link: the name of a family (`t7-plain-38`), or items from the input on
 * (`conv-8,residual-8*3,residual5-16/2,identity*4`: item, kernel of convs, width, `/stride`, `*count`). For `*`, which Markdown takes for emphasis, `x` will do.
 *
 * `alexnet`, `vgg-16` and `vgg-19` are stacks too (`architectures.ts`). A single word that reads as the name of a family is one: `plain-20` has twenty layers. A stack of one plain block
 * of width 20 is written `plain-20*1`.
 */
import { architectures, isArchitecture, recognizeArchitecture } from './architectures.ts';
import { type ConvKind, convKinds, type Item, itemKinds, type Kernel } from './experiment.ts';
import {
  ADDED_LAYERS,
  BASE_DEPTH,
  checkFamily,
  type Family,
  type FamilyKind,
  familyStack,
  familyToken,
  type PresetName,
  recognizeFamily,
} from './families.ts';
import { nearestWord } from './nearestWord.ts';
import { BARE_PRESET } from './presets.ts';
import { problem, shorten } from './problem.ts';
import { failure, type Result, success } from './result.ts';
import { stackText } from './stack.ts';

export interface NetworkText {
  readonly stack: readonly Item[];
  /** Whose settings the name stands for. */
  readonly preset: PresetName;
  /** A family takes its width from the link's `width`. */
  readonly isFamily: boolean;
}

/** Reads a stack as a link writes it; `width` is that of a family's first stage. */
export function parseNetwork(text: string, width: number): Result<NetworkText> {
  // Forms make a space of a plus.
  const name = text
    .trim()
    .toLowerCase()
    .replace(/(?<=base)\s+/, '+');
  if (isArchitecture(name)) return success({ stack: architectures[name], preset: BARE_PRESET, isFamily: false });
  const named = readFamilyName(name, width);
  if (named === null) {
    const stack = parseStack(text);
    return stack.ok ? success({ stack: stack.value, preset: BARE_PRESET, isFamily: false }) : stack;
  }
  const family = checkFamily(named);
  if (!family.ok) return family;
  return success({ stack: familyStack(named), preset: named.preset, isFamily: true });
}

/** The shortest text that `parseNetwork` reads as this stack, and the width it needs with it (null: none). */
export function formatNetwork(stack: readonly Item[]): { text: string; preset: PresetName; width: number | null } {
  const family = recognizeFamily(stack);
  if (family) return { text: familyToken(family), preset: family.preset, width: family.width };
  return { text: recognizeArchitecture(stack) ?? formatStack(stack), preset: BARE_PRESET, width: null };
}

/** The items of a stack, never to be mistaken for the name of a family. */
export function formatStack(stack: readonly Item[]): string {
  const text = stackText(stack);
  return readFamilyName(text, 0) ? `${text}*1` : text;
}

const familyName =
  /^(?!f7-base$)(?:(t7|s14|f7)-)?(?:(plain|residual|base\+(?:conv|identity|dirac|zeroresidual))-(\d{1,9})|(base(?:\+(?:conv|identity|dirac|zeroresidual))?))$/;
const shortFlatName = /^f7-(\d{1,9})$/;

function readFamilyName(text: string, width: number): Family | null {
  const flat = shortFlatName.exec(text);
  if (flat) return { preset: 'f7', kind: 'plain', layers: Number(flat[1]), width };
  const [, prefix, kind, layers, base] = familyName.exec(text) ?? [];
  const preset = (prefix ?? BARE_PRESET) as PresetName;
  if (base === 'base') return { preset, kind: 'plain', layers: BASE_DEPTH, width };
  if (base !== undefined) return { preset, kind: base as FamilyKind, layers: ADDED_LAYERS, width };
  return kind === undefined ? null : { preset, kind: kind as FamilyKind, layers: Number(layers), width };
}

const words = [...itemKinds, 'base', 'alexnet', 'vgg'];

/** A network's text with the known words for those that differ from one by a slip: what may be meant where the text itself cannot be read. */
export function respelled(text: string): string {
  return text.toLowerCase().replace(/[a-z]+/g, (word) => nearestWord(word, words) ?? word);
}

const itemPattern =
  /^(?:(?<conv>conv|plain|residual|dirac|zeroresidual)(?<kernel>\d{1,9})?|(?<other>dense|identity|maxpool|avgpool))(?:-(?<width>\d{1,9}))?(?:\/(?<stride>[12]))?(?:[*x×](?<count>\d{1,9}))?$/;

/** Reads the items of a stack; whether their numbers are within the limits is for `checkExperiment` to say. */
export function parseStack(text: string): Result<Item[]> {
  const stack: Item[] = [];
  for (const part of text.split(',')) {
    const item = parseItem(part.trim().toLowerCase());
    if (!item.ok) return item;
    stack.push(item.value);
  }
  return success(stack);
}

function parseItem(text: string): Result<Item> {
  const groups = itemPattern.exec(text)?.groups;
  if (!groups) return failure(problem('spec.badItem', { item: shorten(text) }));
  const { width, stride } = groups;
  const count = Number(groups.count ?? 1);
  const repeat = groups.count === undefined ? '' : `*${groups.count}`;
  const convKind = convKinds.find((known) => known === groups.conv);
  const kind = groups.other as Exclude<Item['kind'], ConvKind>;
  if (stride !== undefined && !convKind) {
    const example = `${kind}${width === undefined ? '' : `-${width}`}${repeat}`;
    return failure(problem('spec.itemTakesNoStride', { item: text, kind, example }));
  }
  if (!convKind && kind !== 'dense') {
    if (width === undefined) return success({ kind, count });
    return failure(problem('spec.itemTakesNoWidth', { item: text, kind, example: `${kind}${repeat}` }));
  }
  if (width === undefined) {
    return failure(
      problem('spec.itemNeedsWidth', { item: text, example: `${groups.conv ?? kind}${groups.kernel ?? ''}-8` }),
    );
  }
  if (!convKind) return success({ kind: 'dense', width: Number(width), count });
  const own = groups.kernel === undefined ? {} : { kernel: Number(groups.kernel) as Kernel };
  return success({ kind: convKind, ...own, width: Number(width), stride: stride === '2' ? 2 : 1, count });
}
