import { stringify } from 'csv-stringify/sync';
import { open, type FileHandle } from 'node:fs/promises';
import { UsageError } from '../settings.js';
import type { RowIssue } from './row-issue.js';

/** An issue of the row that begins in a line of the file. */
export interface ReportedIssue extends RowIssue {
  readonly line: number;
  /** As in the file. Empty if it has none. */
  readonly id: string;
}

export type IssueCounts = Readonly<Record<string, number>>;

const COLUMNS = ['line', 'id', 'action', 'field', 'reason', 'before', 'after'] as const;

/** Counts issues, and writes each one as a line of a CSV file. */
export class ImportReport {
  readonly #counts: Map<string, number>;

  private constructor(
    private readonly file: FileHandle | undefined,
    counts: IssueCounts,
  ) {
    this.#counts = new Map(Object.entries(counts));
  }

  /**
   * @param path undefined for a report that only counts
   * @param counts of the interrupted import that is resumed; the file is continued then
   * @throws UsageError if the file cannot be written
   */
  static async open(path: string | undefined, counts: IssueCounts | undefined): Promise<ImportReport> {
    try {
      const file = path === undefined ? undefined : await open(path, counts === undefined ? 'w' : 'a');
      if (counts === undefined) await file?.appendFile(stringify([COLUMNS]));
      return new ImportReport(file, counts ?? {});
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UsageError(`The report cannot be written: ${reason}`, { cause: error });
    }
  }

  /** Numbers of issues by action, field, and reason: `repaired country: contains an empty item`. Most frequent first. */
  get counts(): IssueCounts {
    return Object.fromEntries([...this.#counts].sort(([, a], [, b]) => b - a));
  }

  async add(issues: readonly ReportedIssue[]): Promise<void> {
    for (const { action, field, reason } of issues) {
      const key = `${[action, field].filter(Boolean).join(' ')}: ${reason}`;
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    }
    if (issues.length > 0) await this.file?.appendFile(stringify([...issues], { columns: [...COLUMNS] }));
  }

  async close(): Promise<void> {
    await this.file?.close();
  }
}
