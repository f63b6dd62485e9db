import type { ReactNode } from 'react';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';
import { Button, type ButtonProps } from './Button.tsx';
import './overlay.css';

export interface MenuEntry {
  readonly key: string;
  readonly label: string;
}

export interface MenuGroup {
  readonly key: string;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

export interface MenuButtonProps {
  readonly face: ReactNode;
  readonly name?: string;
  readonly look?: NonNullable<ButtonProps['look']>;
  readonly isDisabled?: boolean;
  readonly groups: readonly MenuGroup[];
  readonly onChoose: (key: string) => void;
  /** The key of the selected entry; turns the menu into a choice. */
  readonly selected?: string;
}

/** A button that opens a menu of actions, in named groups. */
export function MenuButton({
  face,
  name,
  look = 'plain',
  groups,
  onChoose,
  selected,
  isDisabled = false,
}: MenuButtonProps) {
  const choice = selected === undefined ? {} : { selectionMode: 'single' as const, selectedKeys: [selected] };
  return (
    <MenuTrigger>
      <Button look={look} isDisabled={isDisabled} {...(name && { 'aria-label': name })}>
        {face}
      </Button>
      <Popover className="popover popover-list" offset={6}>
        <Menu className="list" {...choice} onAction={(key) => onChoose(String(key))}>
          {groups.map((group) => (
            <MenuSection key={group.key}>
              <Header className="list-header">{group.label}</Header>
              {group.entries.map((entry) => (
                <MenuItem key={entry.key} id={entry.key} className="list-item">
                  {entry.label}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
