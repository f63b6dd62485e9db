/**
 * For whoever presents with a clicker: a part of a lesson has things to press, in the order of the page, and one key goes through them. What
 * can be pressed says so itself (`data-onward`), as extras of a part bring buttons of their own.
 */

/** Questions that have been shown. */
const shown = new WeakSet<Element>();

/**
 * Shows the question of a part if there is an open one, so that a class can bet; presses next to go on without a prediction, and then whatever
 * runs.
 * @returns whether there was anything to press
 */
export function pressNext(panel: ParentNode): boolean {
  for (const next of panel.querySelectorAll<HTMLElement>('[data-onward]')) {
    if (next instanceof HTMLButtonElement) {
      if (next.disabled) continue;
      next.click();
      return true;
    }
    if (shown.has(next)) continue;
    shown.add(next);
    next.scrollIntoView({ block: 'start' });
    return true;
  }
  return false;
}
