import { describe, expect, it } from 'vitest';
import { shortcutOf } from './shortcuts.ts';

const key = (name: string, more: Partial<KeyboardEvent> = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  defaultPrevented: false,
  ...more,
});

describe('the keyboard shortcuts', () => {
  it('are space, right arrow and R, and the keys of a clicker', () => {
    expect(shortcutOf(key('PageDown'))).toBe('onward');
    expect(shortcutOf(key('PageUp'))).toBe('backward');
    expect(shortcutOf(key(' '))).toBe('playOrPause');
    expect(shortcutOf(key('ArrowRight'))).toBe('step');
    expect(shortcutOf(key('r'))).toBe('reset');
    expect(shortcutOf(key('x'))).toBeNull();
  });

  it('leave combinations to the browser, so that Ctrl+R still reloads', () => {
    expect(shortcutOf(key('r', { ctrlKey: true }))).toBeNull();
    expect(shortcutOf(key('r', { metaKey: true }))).toBeNull();
    expect(shortcutOf(key('ArrowRight', { altKey: true }))).toBeNull();
  });

  it('leave a key to the control that has used it', () => {
    expect(shortcutOf(key(' ', { defaultPrevented: true }))).toBeNull();
  });
});
