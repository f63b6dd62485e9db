import { Component, type ReactNode } from 'react';
import { text } from '../messages/messages.ts';

interface LessonBoundaryProps {
  readonly children: ReactNode;
}

/** A lesson that cannot be downloaded says so; the lab beside it goes on. */
export class LessonBoundary extends Component<LessonBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <aside className="column lesson" role="alert">
        <p>{text.lessons.failed}</p>
      </aside>
    );
  }
}
