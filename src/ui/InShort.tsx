interface InShortProps {
  /** What is read aloud. */
  readonly children: string;
  /** What there is room for; null where there is none. */
  readonly shown: string | null | undefined;
}

/** Words shown in a shorter form, or with others in their place. */
export function InShort({ children, shown }: InShortProps) {
  if (shown === children) return children;
  return (
    <>
      <span className="visually-hidden">{children}</span>
      <span aria-hidden="true">{shown}</span>
    </>
  );
}
