import { useEffect, useRef } from 'react';

/**
 * Beside a view: where the button that led here has gone with its own view, the focus is on the new one, and Tab goes on in it. Whatever
 * has kept the focus keeps it.
 * @param at the name of what has arrived
 */
export function Arrival({ at }: { readonly at: string }) {
  const before = useRef(at);
  useEffect(() => {
    if (before.current === at) return;
    before.current = at;
    const main = document.querySelector<HTMLElement>('main');
    if (document.activeElement !== document.body || main === null) return;
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  }, [at]);
  return null;
}
