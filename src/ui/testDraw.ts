/** Draws something in the page, for tests. */
import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { onTestFinished } from 'vitest';

let drawn: { readonly root: Root; readonly place: HTMLElement } | null = null;

function begin() {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  onTestFinished(() => {
    root.unmount();
    document.body.replaceChildren();
    drawn = null;
  });
  return { root, place };
}

/** In one place as long as a test runs, which is gone then. @returns the place */
export function draw(node: ReactNode, style: Partial<CSSStyleDeclaration> = {}): HTMLElement {
  drawn ??= begin();
  Object.assign(drawn.place.style, style);
  drawn.root.render(node);
  return drawn.place;
}
