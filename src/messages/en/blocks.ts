/** The words of what residual blocks do with their two paths. */
import { type BlockSettings, originalBlocks } from '../../experiment/experiment.ts';
import { rounded, signed } from '../format.ts';

const factor = (value: number) => `×${rounded(value)}`;

type Words = { readonly [K in keyof BlockSettings]: (settings: BlockSettings) => string | null };

/** In full, for the line below a network's name and for screen readers. */
const full: Words = {
  order: () => 'pre-activation',
  shortcut: ({ shortcut }) => (shortcut === 'b' ? 'option B shortcuts' : '1×1 conv on every shortcut'),
  skipscale: ({ skipscale }) => (skipscale === 0 ? 'shortcuts cut' : `shortcuts ${factor(skipscale)}`),
  branchscale: ({ branchscale }) => (branchscale === 0 ? 'branches cut' : `branches ${factor(branchscale)}`),
  skipinit: () => 'learned factor on the branches, from 0',
  gate: ({ gate, gatebias }) =>
    `${gate === 'exclusive' ? 'exclusive gates' : 'gated shortcuts'}, bias ${signed(rounded(gatebias))}`,
  gatebias: () => null,
  dropout: ({ dropout }) => `dropout ${rounded(dropout)} on the shortcuts`,
  survival: ({ survival }) => `stochastic depth, the last block kept with ${rounded(survival)}`,
};

/** Short, to tell networks of one name apart. */
const short: Words = {
  order: () => 'pre-act',
  shortcut: ({ shortcut }) => (shortcut === 'b' ? 'option B' : '1×1'),
  skipscale: ({ skipscale }) => `skip ${factor(skipscale)}`,
  branchscale: ({ branchscale }) => `branch ${factor(branchscale)}`,
  skipinit: () => 'SkipInit',
  gate: ({ gate, gatebias }) => `${gate === 'exclusive' ? 'exclusive gate' : 'gate'} ${signed(rounded(gatebias))}`,
  gatebias: () => null,
  dropout: ({ dropout }) => `dropout ${rounded(dropout)}`,
  survival: ({ survival }) => `survival ${rounded(survival)}`,
};

/** What is not as in the original block, in the order in which it is computed, of the settings that are asked for. */
function different(settings: BlockSettings, words: Words, asked?: readonly string[]): readonly string[] {
  const keys = (Object.keys(words) as readonly (keyof BlockSettings)[]).filter((key) => asked?.includes(key) ?? true);
  return keys.flatMap((key) => (settings[key] === originalBlocks[key] ? [] : (words[key](settings) ?? [])));
}

export const blocks = {
  /** Empty for the original block. */
  inFull: (settings: BlockSettings) => different(settings, full).join(' · '),
  inShort: (settings: BlockSettings, asked?: readonly string[]) => different(settings, short, asked).join(', '),
  title: (words: string) => `Residual blocks: ${words}`,
  /** What lies on the shortcut that starts at a layer, for the layer's reading. */
  onShortcut: {
    conv: '1×1 conv',
    padShortcut: 'zero-padding',
    scale: 'constant factor',
    gate: 'gate',
    drop: 'dropout',
  } as Readonly<Record<string, string>>,
  shortcutReading: (parts: readonly string[]) => `shortcut with ${parts.join(', ')}`,
};
