import { lazy } from 'react';
import { text } from '../messages/messages.ts';
import { HelpIcon } from '../ui/icons.tsx';
import { PopoverButton } from '../ui/PopoverButton.tsx';

const words = text.app.help;

const OfflineControl = lazy(async () => ({
  default: (await import('../offline/OfflineControl.tsx')).OfflineControl,
}));
const Switch = lazy(async () => ({ default: (await import('../ui/popups.tsx')).Switch }));

export interface HelpProps {
  readonly areShortcutsOn: boolean;
  readonly onToggleShortcuts: (isOn: boolean) => void;
}

/** The keyboard shortcuts, and the switch that turns them off. */
export function Help({ areShortcutsOn, onToggleShortcuts }: HelpProps) {
  return (
    <PopoverButton title={words.title} name={words.button} look="icon" face={<HelpIcon />}>
      <dl className="facts">
        {Object.values(words.keys).map(([key, meaning]) => (
          <div key={key} className="facts-row">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{words.note}</p>
      <p className="note">
        <a href="./teachers.html">{text.lessons.teachers}</a>
      </p>
      <OfflineControl />
      <Switch isOn={areShortcutsOn} onChange={onToggleShortcuts}>
        {words.toggle}
      </Switch>
    </PopoverButton>
  );
}
