import { sentence, text } from '../../messages/messages.ts';
import { WarningIcon } from './icons.tsx';
import { useEditor } from './stackEdits.ts';

/** Why the last edit was refused. */
export function Refusal() {
  const { refused } = useEditor();
  if (!refused) return null;
  return (
    <p role="alert" className="stack-refused">
      <WarningIcon />
      <span>
        <strong>{text.stack.refused}</strong> {sentence(refused)}
      </span>
    </p>
  );
}
