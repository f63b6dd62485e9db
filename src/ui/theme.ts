/** `system` follows the system's light or dark preference, also while the page is open. */
export const themeChoices = ['system', 'light', 'dark', 'projector'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)');

/** Shows the page in a theme, and in `system` as the system changes its mind. @param choice asked for whenever it does */
export function followTheme(choice: () => ThemeChoice): void {
  showTheme(choice());
  systemIsDark().addEventListener('change', () => showTheme(choice()));
}

export function showTheme(choice: ThemeChoice): void {
  const theme = choice === 'system' ? (systemIsDark().matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset.theme = theme;
}
