import { Component, type ReactNode } from 'react';

export interface ErrorBoundaryProps {
  /** What stands there instead, where drawing the children fails. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** Keeps an error of what is in it from what is around it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
