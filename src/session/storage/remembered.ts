let onRefusal: () => void = () => undefined;

/** @param listener told whenever something cannot be remembered */
export function watchRefusals(listener: () => void): void {
  onRefusal = listener;
}

/**
 * Small choices that outlast a visit. Storage may be missing or throw (private windows, sandboxed
 * frames): then the choice lasts as long as the page.
 */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`depthscope.${key}`);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`depthscope.${key}`, value);
  } catch {
    // The page shows the choice nevertheless.
    onRefusal();
  }
}
