import { text } from '../../messages/messages.ts';
import './settings.css';

/** Below settings in a popover: the place where each says what it is, while one points at it or has gone to it. */
export function SettingsFoot({ children }: { readonly children: string }) {
  return (
    <div className="column rigid settings-foot">
      <p className="note">{children}</p>
      <p className="note">{text.app.settings.hint}</p>
    </div>
  );
}
