import type { ReactNode } from 'react';

function icon(shape: ReactNode) {
  return () => (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" strokeWidth="1.8">
      {shape}
    </svg>
  );
}

/** Decoration, like the icons of `ui/`: the control that shows one has the name. */
export const EditIcon = icon(<path d="M3 13l.6-3L11 2.6l2.4 2.4L6 12.4z" strokeLinejoin="round" />);
export const RemoveIcon = icon(
  <path d="M2.5 4.5h11M6 4V2.5h4V4M4 4.5l.7 9h6.6l.7-9" strokeLinecap="round" strokeLinejoin="round" />,
);
export const DragIcon = icon(
  <path d="M6 3v.01M6 8v.01M6 13v.01M10 3v.01M10 8v.01M10 13v.01" strokeWidth="2.6" strokeLinecap="round" />,
);
export const LessIcon = icon(<path d="M3 8h10" strokeLinecap="round" />);
export const WarningIcon = icon(<path d="M8 2l6.5 11.5h-13zM8 6.5v3.2M8 11.6v.3" strokeLinejoin="round" />);
