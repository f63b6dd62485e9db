import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import './failure.css';

export interface FailureProps {
  /** The label of the button. */
  readonly action: string;
  readonly onAction: () => void;
  /** The whole page has failed. */
  readonly isOfPage?: boolean;
  /** The sentence that says what has failed. */
  readonly children: ReactNode;
}

/** An alert with a button that tries again. */
export function Failure({ action, onAction, isOfPage = false, children }: FailureProps) {
  return (
    <div
      className={isOfPage ? 'notice in-line small failure failure-page' : 'notice in-line small failure'}
      role="alert"
    >
      <p>{children}</p>
      <Button look="primary" onPress={onAction}>
        {action}
      </Button>
    </div>
  );
}
