import { addIssues, type ImportedBatch, type IssueCounts } from '@viernes/title-csv';
import { useEffect, useRef, useState } from 'react';
import { describeIssue, toCountedText, type DescribedIssue } from './issue-text.js';

export interface ImportSummary {
  readonly isDryRun: boolean;
  readonly batch: ImportedBatch | undefined;
  readonly issues: readonly DescribedIssue[];
  readonly counts: IssueCounts;
}

export type ImportState =
  | { readonly step: 'choosing' }
  | { readonly step: 'running' | 'done' | 'canceled'; readonly summary: ImportSummary }
  | { readonly step: 'failed'; readonly summary: ImportSummary; readonly problem: unknown };

export interface ImportControls {
  readonly state: ImportState;
  start(file: File, source: string, isDryRun: boolean): void;
  cancel(): void;
  reset(): void;
}

/** Runs one import at a time. Repeating an import does not change titles that already have the values of the file. */
export function useImport(): ImportControls {
  const [state, setState] = useState<ImportState>({ step: 'choosing' });
  const controller = useRef<AbortController>(null);

  useEffect(() => () => controller.current?.abort(), []);

  const run = async (file: File, source: string, isDryRun: boolean, signal: AbortSignal): Promise<void> => {
    let summary: ImportSummary = { isDryRun, batch: undefined, issues: [], counts: {} };
    try {
      setState({ step: 'running', summary });
      // A separate chunk, because it contains the CSV parser.
      const { importFile } = await import('./import-file.js');
      for await (const batch of importFile({ file, source, isDryRun, signal })) {
        const issues = batch.issues.map(describeIssue);
        summary = {
          isDryRun,
          batch,
          issues: [...summary.issues, ...issues],
          counts: addIssues(summary.counts, issues.map(toCountedText)),
        };
        signal.throwIfAborted();
        setState({ step: 'running', summary });
      }
      setState({ step: 'done', summary });
    } catch (problem) {
      setState(signal.aborted ? { step: 'canceled', summary } : { step: 'failed', summary, problem });
    }
  };

  return {
    state,
    start(file, source, isDryRun) {
      controller.current?.abort();
      controller.current = new AbortController();
      void run(file, source, isDryRun, controller.current.signal);
    },
    cancel: () => controller.current?.abort(),
    reset: () => setState({ step: 'choosing' }),
  };
}
