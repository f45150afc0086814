import type { Schema } from '@viernes/api-client';

const MAX_ERROR_LENGTH = 60;

/** Formats dead letters as a table for a terminal. */
export function toDeadLetterTable(deadLetters: readonly Schema<'DeadLetter'>[]): string {
  const header = ['ID', 'STATE', 'PARKED', 'CONSUMER', 'EVENT', 'KEY', 'ATTEMPTS', 'ERROR'];
  const rows = deadLetters.map((deadLetter) => [
    deadLetter.id,
    deadLetter.state,
    deadLetter.parkedAt.replace(/\.\d+Z$/, 'Z'),
    deadLetter.consumer,
    deadLetter.type.replace(/^viernes\./, ''),
    escapeControls(deadLetter.key),
    String(deadLetter.attempts),
    truncate(escapeControls(`${deadLetter.errorCode}: ${deadLetter.errorMessage}`)),
  ]);
  const table = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...table.map((row) => (row[column] ?? '').length)));
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Formats one dead letter with one line per field, and its payload as JSON. */
export function toDeadLetterSheet({ payload, ...fields }: Schema<'DeadLetterDetail'>): string {
  const width = Math.max(...Object.keys(fields).map((name) => name.length));
  const lines = Object.entries(fields).map(
    ([name, value]) => `${name.padEnd(width)}  ${escapeControls(String(value ?? '-'))}`,
  );
  const text = payload === null ? 'not available: unknown type or invalid bytes' : JSON.stringify(payload, null, 2);
  return [...lines, `${'payload'.padEnd(width)}  ${text}`].join('\n');
}

function truncate(text: string): string {
  return text.length > MAX_ERROR_LENGTH ? `${text.slice(0, MAX_ERROR_LENGTH - 1)}…` : text;
}

/** Replaces control characters, because event data must not control the terminal. */
function escapeControls(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
