import { ProgressBar } from '../ui/progress-bar.js';
import { formatPercent } from '../language/format.js';

export interface ProgressLineProps {
  readonly name: string;
  /** 0 to 1. */
  readonly fraction: number;
  /** Replaces the percentage. */
  readonly note?: string | undefined;
}

export function ProgressLine({ name, fraction, note }: ProgressLineProps) {
  return (
    <div className="progress-line">
      <span className="progress-name">{name}</span>
      <ProgressBar label={name} fraction={fraction} />
      <span className="progress-note">{note ?? formatPercent(fraction)}</span>
    </div>
  );
}
