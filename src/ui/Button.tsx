import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';
import './button.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  /** `primary` for the one action a view is about, `chip` for a value that opens its setting, `icon` for a lone icon, `link` in a text. */
  look?: 'plain' | 'primary' | 'chip' | 'icon' | 'link';
  readonly ref?: Ref<HTMLButtonElement>;
  /** CSS classes that place it. */
  className?: string;
}

/** A push button. Give an icon-only button an `aria-label`. */
export function Button({ look = 'plain', className, ...props }: ButtonProps) {
  return <AriaButton {...props} className={`button button-${look}${className ? ` ${className}` : ''}`} />;
}
