import { recall, remember } from '../session/storage/remembered.ts';

/** `system` follows the system's light or dark preference, also while the page is open. */
export const themeChoices = ['system', 'light', 'dark', 'projector'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

function isChoice(value: string | null): value is ThemeChoice {
  return themeChoices.some((choice) => choice === value);
}

export function rememberedTheme(): ThemeChoice {
  const value = recall('theme');
  return isChoice(value) ? value : 'system';
}

function show(choice: ThemeChoice): void {
  const theme = choice === 'system' ? (systemIsDark.matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset.theme = theme;
}

/** Shows the theme and remembers it for the next visit. */
export function chooseTheme(choice: ThemeChoice): void {
  show(choice);
  remember('theme', choice);
}

/** Before the first paint, so that no other theme flashes up. */
export function startTheme(): void {
  show(rememberedTheme());
  systemIsDark.addEventListener('change', () => show(rememberedTheme()));
}
