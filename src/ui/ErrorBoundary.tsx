import { Component, type ReactNode } from 'react';

export interface ErrorBoundaryProps {
  /** Drawn in place of the children after one of them has thrown. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** Stops an error of its children from taking the rest of the page with it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
