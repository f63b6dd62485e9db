import { laterText } from '../../messages/laterText.ts';
import type { Refusal } from '../protocol.ts';

/** Why there is no class to be in. */
export function Gone({ why }: { readonly why: Refusal }) {
  return (
    <p className="panel padded" role="alert">
      {laterText.classroom.start.refused[why]}
    </p>
  );
}
