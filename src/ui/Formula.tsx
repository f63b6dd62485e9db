import { useLayoutEffect, useRef } from 'react';
import temml from 'temml';
import 'temml/dist/Temml-Local.css';
import './formula.css';

export interface FormulaProps {
  /** In LaTeX. */
  readonly tex: string;
  /** On a line of its own. */
  readonly isDisplayed?: boolean;
}

/** A formula as MathML: the browser typesets it, and screen readers read it as mathematics. What sets it is large: import this file when it is needed. */
export function Formula({ tex, isDisplayed = false }: FormulaProps) {
  const place = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (place.current) temml.render(tex, place.current, { displayMode: isDisplayed, throwOnError: true });
  }, [tex, isDisplayed]);
  return <span className={isDisplayed ? 'formula formula-displayed' : 'formula'} ref={place} />;
}
