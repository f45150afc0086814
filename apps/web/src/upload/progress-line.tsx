export interface ProgressLineProps {
  readonly name: string;
  /** 0 to 1. */
  readonly part: number;
  readonly note?: string | undefined;
}

export function ProgressLine({ name, part, note }: ProgressLineProps) {
  const percent = Math.floor(part * 100);
  return (
    <div className="progress-line">
      <span className="progress-name">{name}</span>
      <div className="bar" role="progressbar" aria-label={name} aria-valuenow={percent}>
        <span style={{ inlineSize: `${part * 100}%` }} />
      </div>
      <span className="progress-note">{note ?? `${percent} %`}</span>
    </div>
  );
}
