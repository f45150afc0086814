import type { ImportProgress } from '@viernes/title-csv';

const INTERVAL_MS = 2_000;
const LISTED_ISSUES = 15;

/** Returns a callback that prints rows, percent, and speed, at most every 2 seconds. */
export function reportProgress(
  print: (text: string) => void,
  sizeBytes: number,
  resumedRows: number,
): (progress: { readonly rows: number; readonly endByte: number }) => void {
  const startedAt = performance.now();
  let printedAt = startedAt;
  return ({ rows, endByte }) => {
    const now = performance.now();
    if (now - printedAt < INTERVAL_MS) return;
    printedAt = now;
    const rowsPerSecond = Math.round(((rows - resumedRows) * 1000) / (now - startedAt));
    print(`${rows} rows, ${Math.round((100 * endByte) / sizeBytes)} %, ${rowsPerSecond} rows/s`);
  };
}

export interface PrintedImport extends ImportProgress {
  readonly source: string;
  readonly isDryRun: boolean;
  readonly issues: Readonly<Record<string, number>>;
  readonly durationSeconds: number;
}

export function toImportSummary(imported: PrintedImport): string {
  const { rows, outcomes, issues, durationSeconds, source, isDryRun } = imported;
  const { created, replaced, unchanged, rejected } = outcomes;
  const listed = Object.entries(issues);
  const more = listed.length - LISTED_ISSUES;
  return [
    `${rows} rows of ${source} in ${durationSeconds} s${isDryRun ? ' (dry run: nothing changed)' : ''}: ` +
      `${created} created, ${replaced} replaced, ${unchanged} unchanged, ${rejected} rejected`,
    ...listed.slice(0, LISTED_ISSUES).map(([issue, count]) => `${String(count).padStart(7)}  ${issue}`),
    ...(more > 0 ? [`         and ${more} other kinds of issues: add --report FILE.csv to list all`] : []),
  ].join('\n');
}
