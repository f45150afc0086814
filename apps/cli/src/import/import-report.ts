import { addIssues, type IssueCounts, type ReportedIssue } from '@viernes/title-csv';
import { stringify } from 'csv-stringify/sync';
import { open, type FileHandle } from 'node:fs/promises';
import { toWriteError } from '../file-errors.js';
import { describeIssue, toCountedText } from './issue-text.js';

const COLUMNS = ['line', 'id', 'action', 'field', 'reason', 'before', 'after'] as const;

/** Counts issues, and writes each one as a line of a CSV file. */
export class ImportReport {
  #counts: IssueCounts;

  private constructor(
    private readonly file: FileHandle | undefined,
    counts: IssueCounts,
  ) {
    this.#counts = counts;
  }

  /**
   * @param path undefined for a report that only counts
   * @param counts the issues of the interrupted import that is resumed. The existing report is extended
   * @throws UsageError if the file cannot be written
   */
  static async open(path: string | undefined, counts: IssueCounts | undefined): Promise<ImportReport> {
    if (path === undefined) return new ImportReport(undefined, counts ?? {});
    try {
      const file = await open(path, counts === undefined ? 'w' : 'a');
      if (counts === undefined) await file.appendFile(stringify([COLUMNS]));
      return new ImportReport(file, counts ?? {});
    } catch (error) {
      throw toWriteError(`The report ${path}`, error);
    }
  }

  get counts(): IssueCounts {
    return this.#counts;
  }

  async add(issues: readonly ReportedIssue[]): Promise<void> {
    const described = issues.map(describeIssue);
    this.#counts = addIssues(this.#counts, described.map(toCountedText));
    if (described.length > 0) await this.file?.appendFile(stringify(described, { columns: [...COLUMNS] }));
  }

  async close(): Promise<void> {
    await this.file?.close();
  }
}
