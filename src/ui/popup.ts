/** What is in `popups.tsx`, whose file comes after the first picture. */
import { type ComponentProps, createElement, type ElementType, type FunctionComponent, use } from 'react';

type Popups = typeof import('./popups.tsx');
type Name = 'DialogPopup' | 'MenuPopup' | 'Switch';

/** As React reads it: `use` waits for a promise only where this does not say that it is fulfilled. */
interface Loading extends Promise<Popups> {
  status?: 'fulfilled';
  value?: Popups;
}

let loading: Loading | null = null;

/** Fetches the file; again, where it did not come. */
export function loadPopups(): Promise<Popups> {
  if (loading) return loading;
  const started: Loading = import('./popups.tsx');
  loading = started;
  started.then(
    (value) => Object.assign(started, { status: 'fulfilled', value }),
    () => {
      loading = null;
    },
  );
  return started;
}

/**
 * One of them, for a `Suspense`. Drawn at once where the file is there: `lazy` would wait for its promise even then, and
 * React shows what has waited up to 300 ms later.
 */
export function popup<K extends Name>(name: K): FunctionComponent<ComponentProps<Popups[K]>> {
  return (props) => {
    const Popup: ElementType = use(loadPopups())[name];
    return createElement(Popup, props);
  };
}
