import type { DeadLetter, DeadLetterDetail } from './dead-letter-client.ts';

const ERROR_WIDTH = 60;

/** Dead letters as lines for a terminal. */
export function deadLetterTable(letters: readonly DeadLetter[]): string {
  const head = ['ID', 'STATE', 'PARKED', 'CONSUMER', 'EVENT', 'KEY', 'TRIES', 'ERROR'];
  const rows = letters.map((letter) => [
    letter.id,
    letter.state,
    letter.parkedAt.replace(/\.\d+Z$/, 'Z'),
    letter.consumer,
    letter.type.replace(/^viernes\./, ''),
    letter.key,
    String(letter.attempts),
    shortened(`${letter.errorCode}: ${letter.errorMessage}`),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** One dead letter, a line for each thing known, its payload last. */
export function deadLetterSheet({ payload, ...letter }: DeadLetterDetail): string {
  const width = Math.max(...Object.keys(letter).map((name) => name.length));
  const lines = Object.entries(letter).map(([name, value]) => `${name.padEnd(width)}  ${plain(String(value ?? '-'))}`);
  const shown =
    payload === null ? 'not shown: its type is unknown, or it does not decode' : JSON.stringify(payload, null, 2);
  return [...lines, `${'payload'.padEnd(width)}  ${shown}`].join('\n');
}

function shortened(text: string): string {
  const line = plain(text);
  return line.length > ERROR_WIDTH ? `${line.slice(0, ERROR_WIDTH - 1)}…` : line;
}

/** Nothing that a terminal would take for a command. */
function plain(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
