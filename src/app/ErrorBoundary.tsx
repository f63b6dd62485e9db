import { Component, type ReactNode } from 'react';
import { text } from '../messages/messages.ts';
import { Button } from '../ui/Button.tsx';
import './status.css';

/** Says so, and offers to reload, where drawing the page fails; the address still holds the experiment. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div className="failure failure-page" role="alert">
        <p>{text.app.status.crashed}</p>
        <Button look="primary" onPress={() => location.reload()}>
          {text.app.status.reload}
        </Button>
      </div>
    );
  }
}
