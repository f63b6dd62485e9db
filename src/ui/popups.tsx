/** What buttons open: a menu, or a small dialog, and what only those hold. Loaded once the page has been drawn, so that the first picture does not wait for it. */
import type { ReactNode, RefObject } from 'react';
import {
  Switch as AriaSwitch,
  Dialog,
  Header,
  Heading,
  Menu,
  MenuItem,
  MenuSection,
  Popover,
} from 'react-aria-components';
import './overlay.css';
import './switch.css';

export { CopyField } from './CopyField.tsx';

interface PopupProps {
  /** The button beside which it stands. */
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

export interface MenuEntry {
  readonly key: string;
  readonly label: string;
}

export interface MenuGroup {
  readonly key: string;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

interface MenuPopupProps extends PopupProps {
  /** The id of the button, which names the menu. */
  readonly labelledBy: string;
  /** The entry that gets the focus; none is `true`. */
  readonly focus: 'first' | 'last' | true;
  readonly groups: readonly MenuGroup[];
  readonly onChoose: (key: string) => void;
  readonly selected?: string;
}

/** A menu of actions in named groups; with a selected entry, a choice. */
export function MenuPopup({
  trigger,
  isOpen,
  onOpenChange,
  labelledBy,
  focus,
  groups,
  onChoose,
  selected,
}: MenuPopupProps) {
  const choice = selected === undefined ? {} : { selectionMode: 'single' as const, selectedKeys: [selected] };
  return (
    <Popover
      className="popover popover-list"
      offset={6}
      trigger="MenuTrigger"
      triggerRef={trigger}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      aria-labelledby={labelledBy}
    >
      <Menu
        className="list"
        {...choice}
        aria-labelledby={labelledBy}
        autoFocus={focus}
        onClose={() => onOpenChange(false)}
        onAction={(key) => onChoose(String(key))}
      >
        {groups.map((group) => (
          <MenuSection key={group.key}>
            <Header className="list-header note strong">{group.label}</Header>
            {group.entries.map((entry) => (
              <MenuItem key={entry.key} id={entry.key} className="list-item small">
                {entry.label}
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
    </Popover>
  );
}

interface DialogPopupProps extends PopupProps {
  readonly title: string;
  readonly isWide: boolean;
  readonly children: ReactNode;
}

/** A small dialog. Escape or a press elsewhere closes it. */
export function DialogPopup({ trigger, isOpen, onOpenChange, title, isWide, children }: DialogPopupProps) {
  return (
    <Popover
      className={`popover${isWide ? ' popover-wide' : ''}`}
      offset={6}
      trigger="DialogTrigger"
      triggerRef={trigger}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
    >
      <Dialog className="popover-dialog">
        <Heading slot="title" level={2} className="popover-title">
          {title}
        </Heading>
        {children}
      </Dialog>
    </Popover>
  );
}

interface SwitchProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: ReactNode;
}

/** A setting that is on or off. */
export function Switch({ isOn, onChange, children }: SwitchProps) {
  return (
    <AriaSwitch className="switch" isSelected={isOn} onChange={onChange}>
      <span className="switch-track" />
      {children}
    </AriaSwitch>
  );
}
