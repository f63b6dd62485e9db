import { useEffect } from 'react';

export interface ShortcutActions {
  readonly playOrPause: () => void;
  readonly step: () => void;
  readonly reset: () => void;
  /** What comes next, as a presenter turns pages: to train, then the next thing to see. */
  readonly onward: () => void;
  readonly backward: () => void;
}

/** Buttons use the space bar only; fields, and whatever has a role, may use any key. */
const pressable = 'a, button, summary';
const fields = 'input, select, textarea, [contenteditable], [role], [tabindex]:not(button)';

/** Whether the page, or what the focus is in, scrolls further: then the keys that turn pages do that. */
function scrolls(target: Element, isDown: boolean): boolean {
  const canGo = ({ scrollTop, clientHeight, scrollHeight }: Element) =>
    isDown ? scrollTop + clientHeight < scrollHeight - 1 : scrollTop > 0;
  if (canGo(document.documentElement)) return true;
  for (let element: Element | null = target; element && element !== document.body; element = element.parentElement) {
    if (canGo(element) && ['auto', 'scroll'].includes(getComputedStyle(element).overflowY)) return true;
  }
  return false;
}

function isTaken(action: keyof ShortcutActions, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (action === 'onward' || action === 'backward')
    return target.matches('textarea') || scrolls(target, action === 'onward');
  return target.closest(fields) !== null || (action === 'playOrPause' && target.closest(pressable) !== null);
}

/** Which action a key asks for, if the page itself has the focus and no modifier is held. */
export function shortcutOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'defaultPrevented'>,
): keyof ShortcutActions | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return null;
  if (event.key === ' ') return 'playOrPause';
  if (event.key === 'ArrowRight') return 'step';
  if (event.key === 'PageDown') return 'onward';
  if (event.key === 'PageUp') return 'backward';
  return event.key === 'r' || event.key === 'R' ? 'reset' : null;
}

/**
 * Single-key shortcuts for the transport. They can be turned off, as speech input may "type" them by
 * accident (WCAG 2.1.4), and are silent while a control that uses the key has the focus.
 */
export function useShortcuts(isOn: boolean, actions: ShortcutActions): void {
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent): void => {
      const action = shortcutOf(event);
      if (!action || isTaken(action, event.target)) return;
      event.preventDefault();
      actions[action]();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [isOn, actions]);
}
