import { useMemo } from 'react';
import { encode } from 'uqr';

/** Of white modules around the code: as many as readers ask for. */
const BORDER = 4;

/** The dark modules of a text, as one SVG path in units of a module; null where it is too long. */
function modulesOf(text: string): { readonly size: number; readonly path: string } | null {
  try {
    const { size, data } = encode(text, { ecc: text.length > LONG ? 'L' : 'M', border: BORDER });
    const path = data.map((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('');
    return { size, path };
  } catch {
    return null;
  }
}

/** From so many characters on, larger modules help a camera more than a code that forgives more. */
const LONG = 300;

export interface QrImageProps {
  readonly text: string;
  readonly label: string;
  /** Said of a text that is too long for a code. */
  readonly tooLong: string;
}

/** A text as a QR code: black on white whatever the theme, as readers want it. */
export function QrImage({ text, label, tooLong }: QrImageProps) {
  const code = useMemo(() => modulesOf(text), [text]);
  if (!code) return <p>{tooLong}</p>;
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${code.size} ${code.size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path d={code.path} />
    </svg>
  );
}
