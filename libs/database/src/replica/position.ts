/** Converts an LSN, a position in the write-ahead log, from `16/B374D848` to 16 hexadecimal digits. */
export function toPosition(lsn: string): string {
  return lsn
    .split('/')
    .map((half) => half.padStart(8, '0'))
    .join('');
}

export function toLsn(position: string): string {
  return `${position.slice(0, 8)}/${position.slice(8)}`;
}
