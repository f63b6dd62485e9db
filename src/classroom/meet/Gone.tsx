import { useEffect, useRef } from 'react';
import { laterText } from '../../messages/laterText.ts';
import type { Refusal } from '../protocol.ts';

/** Why there is no class to be in. */
export function Gone({ why }: { readonly why: Refusal }) {
  const saying = useRef<HTMLParagraphElement>(null);
  // It stands where the class was.
  useEffect(() => saying.current?.focus(), []);
  return (
    <p className="panel padded" role="alert" ref={saying} tabIndex={-1}>
      {laterText.classroom.start.refused[why]}
    </p>
  );
}
