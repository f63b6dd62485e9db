import { ProgressBar } from 'react-aria-components/ProgressBar';
import './progress.css';

export interface ProgressProps {
  readonly label: string;
  /** 0 … 1. */
  readonly fraction: number;
  /** The progress in words. */
  readonly text: string;
}

/** A progress bar with its text. */
export function Progress({ label, fraction, text }: ProgressProps) {
  return (
    <ProgressBar className="progress in-line tiny" aria-label={label} value={fraction * 100} valueLabel={text}>
      <span className="progress-text unbroken">{text}</span>
      <span className="progress-track">
        <span className="progress-bar" style={{ inlineSize: `${fraction * 100}%` }} />
      </span>
    </ProgressBar>
  );
}
