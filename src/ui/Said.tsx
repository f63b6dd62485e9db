interface SaidProps {
  /** Empty while there is nothing to say. */
  readonly lines: readonly string[];
  /** CSS classes of each. */
  readonly className: string;
}

/** What has become of what somebody did: a line each, which screen readers announce. */
export function Said({ lines, className }: SaidProps) {
  return (
    <div role="status">
      {lines.map((line) => (
        <p key={line} className={className}>
          {line}
        </p>
      ))}
    </div>
  );
}
