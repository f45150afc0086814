export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1. */
  readonly fraction: number;
  readonly className?: string;
}

export function ProgressBar({ label, fraction, className = '' }: ProgressBarProps) {
  return (
    <div
      className={`bar ${className}`}
      role="progressbar"
      aria-label={label}
      aria-valuenow={Math.floor(fraction * 100)}
    >
      <span style={{ inlineSize: `${fraction * 100}%` }} />
    </div>
  );
}
