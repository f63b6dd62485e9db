import { recall, remember } from '../session/storage/remembered.ts';
import { followTheme, showTheme, type ThemeChoice, themeChoices } from '../ui/theme.ts';

export function rememberedTheme(): ThemeChoice {
  const value = recall('theme');
  return themeChoices.find((choice) => choice === value) ?? 'system';
}

/** Shows the theme and remembers it for the next visit. */
export function chooseTheme(choice: ThemeChoice): void {
  showTheme(choice);
  remember('theme', choice);
}

/** Before the first paint, so that no other theme flashes up. */
export function startTheme(): void {
  followTheme(rememberedTheme);
}
