import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import './failure.css';

export interface FailureProps {
  /** On the button that tries again. */
  readonly action: string;
  readonly onAction: () => void;
  readonly isOfPage?: boolean;
  /** What has failed, in a sentence. */
  readonly children: ReactNode;
}

/** Says at once what has failed, and tries again. */
export function Failure({ action, onAction, isOfPage = false, children }: FailureProps) {
  return (
    <div className={isOfPage ? 'notice failure failure-page' : 'notice failure'} role="alert">
      <p>{children}</p>
      <Button look="primary" onPress={onAction}>
        {action}
      </Button>
    </div>
  );
}
