import type { ReactNode } from 'react';

interface QuietButtonProps {
  readonly onPress: () => void;
  /** Whether the key that turns pages comes to it. */
  readonly isOnward?: boolean;
  readonly children: ReactNode;
}

/** Words that can be pressed: quieter than the button of what a lesson would have one do. */
export function QuietButton({ onPress, isOnward = false, children }: QuietButtonProps) {
  return (
    <button
      type="button"
      className="lesson-skip text-button soft small"
      data-onward={isOnward || undefined}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
