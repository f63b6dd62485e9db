import type { ReactNode } from 'react';

function icon(shape: ReactNode) {
  return () => (
    <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" strokeWidth="1.8">
      {shape}
    </svg>
  );
}

/** Icons are decoration: the control that shows one has the name. They take the colour and size of the text. */
export const PlayIcon = icon(<path d="M4 2.5v11l9-5.5z" fill="currentColor" strokeLinejoin="round" />);
export const PauseIcon = icon(<path d="M5 3v10M11 3v10" strokeWidth="3" />);
export const StepIcon = icon(<path d="M3 3v10l7-5zM13 3v10" strokeLinejoin="round" />);
export const ResetIcon = icon(<path d="M3 3v4h4M3.6 7A5.2 5.2 0 1 1 3 10" strokeLinecap="round" />);
export const ChevronIcon = icon(<path d="M3 6l5 5 5-5" strokeLinecap="round" strokeLinejoin="round" />);
export const AddIcon = icon(<path d="M8 3v10M3 8h10" strokeLinecap="round" />);
export const CloseIcon = icon(<path d="M4 4l8 8M12 4l-8 8" strokeLinecap="round" />);
export const HelpIcon = icon(
  <path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.4v.4" strokeLinecap="round" />,
);
export const ImagesIcon = icon(
  <path d="M2 3h12v10H2zM2 11l4-4 5 5M9 10l2-2 3 3M10.5 5.7v.01" strokeLinecap="round" strokeLinejoin="round" />,
);
export const CodeIcon = icon(
  <path d="M5 4L1.5 8 5 12M11 4l3.5 4L11 12" strokeLinecap="round" strokeLinejoin="round" />,
);
export const ProofIcon = icon(<path d="M2 9l4 4 8-10" strokeLinecap="round" strokeLinejoin="round" />);
export const ShareIcon = icon(
  <path d="M5 7H3.5v7h9V7H11M8 10V2M5.5 4.2L8 1.8l2.5 2.4" strokeLinecap="round" strokeLinejoin="round" />,
);
export const ThemeIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" stroke="none" />
  </>,
);
export const SettingsIcon = icon(<path d="M2 5h7M13 5h1M2 11h1M7 11h7M11 3v4M5 9v4" strokeLinecap="round" />);
export const MoreIcon = icon(
  <>
    <circle cx="3" cy="8" r="0.7" />
    <circle cx="8" cy="8" r="0.7" />
    <circle cx="13" cy="8" r="0.7" />
  </>,
);
export const EditIcon = icon(<path d="M3 13l.6-3L11 2.6l2.4 2.4L6 12.4z" strokeLinejoin="round" />);
export const RemoveIcon = icon(
  <path d="M2.5 4.5h11M6 4V2.5h4V4M4 4.5l.7 9h6.6l.7-9" strokeLinecap="round" strokeLinejoin="round" />,
);
export const DragIcon = icon(
  <path d="M6 3v.01M6 8v.01M6 13v.01M10 3v.01M10 8v.01M10 13v.01" strokeWidth="2.6" strokeLinecap="round" />,
);
export const LessIcon = icon(<path d="M3 8h10" strokeLinecap="round" />);
export const WarningIcon = icon(<path d="M8 2l6.5 11.5h-13zM8 6.5v3.2M8 11.6v.3" strokeLinejoin="round" />);
