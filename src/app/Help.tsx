import { lazy, Suspense, useState } from 'react';
import { text } from '../messages/messages.ts';
import { HelpIcon } from '../ui/icons.tsx';
import { PopoverButton } from '../ui/PopoverButton.tsx';
import { popup } from '../ui/popup.ts';

const words = text.app.help;

const OfflineControl = lazy(async () => ({
  default: (await import('../offline/OfflineControl.tsx')).OfflineControl,
}));
const Glossary = lazy(() => import('../lessons/Glossary.tsx'));
const Switch = popup('Switch');

export interface HelpProps {
  readonly areShortcutsOn: boolean;
  readonly onToggleShortcuts: (isOn: boolean) => void;
}

/** What this is, what its words mean, the keyboard shortcuts, and the switch that turns them off. */
export function Help({ areShortcutsOn, onToggleShortcuts }: HelpProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <PopoverButton title={words.title} name={words.button} look="icon" face={<HelpIcon />}>
      <div className="column at-top">
        <p className="small">{words.what}</p>
        <details className="small" onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{words.words}</summary>
          {isOpen && (
            <Suspense>
              <Glossary />
            </Suspense>
          )}
        </details>
        <h3 className="small">{words.shortcuts}</h3>
        <dl className="pairs facts small">
          {Object.values(words.keys).map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p className="note">{words.note}</p>
        <p className="note linked">
          <a href="./teachers.html">{text.lessons.teachers}</a>
        </p>
        <OfflineControl />
        <Switch isOn={areShortcutsOn} onChange={onToggleShortcuts}>
          {words.toggle}
        </Switch>
      </div>
    </PopoverButton>
  );
}
