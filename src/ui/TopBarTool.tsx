import type { ReactNode } from 'react';
import { PopoverButton, type PopoverButtonProps } from './PopoverButton.tsx';

interface TopBarToolProps extends Pick<PopoverButtonProps, 'title' | 'onOpenChange' | 'children'> {
  readonly name: string;
  /** Stands for the name where the bar is narrow. */
  readonly icon: ReactNode;
}

/** A button of the top bar that opens something wide. */
export function TopBarTool({ name, icon, ...popover }: TopBarToolProps) {
  return (
    <PopoverButton
      {...popover}
      name={name}
      face={
        <>
          {icon}
          <span className="top-bar-word">{name}</span>
        </>
      }
      look="chip"
      className="top-bar-tool"
      isWide
    />
  );
}
