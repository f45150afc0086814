import { catalogV1, type FieldError } from '@viernes/contracts';

/** The result of an import for one title. */
export type ImportResult =
  | { readonly outcome: 'created' | 'replaced' | 'unchanged'; readonly titleId: string | undefined }
  | { readonly outcome: 'rejected'; readonly problems: readonly FieldError[] };

const OUTCOMES: Readonly<Record<ImportResult['outcome'], catalogV1.ImportOutcome>> = {
  created: catalogV1.ImportOutcome.IMPORT_OUTCOME_CREATED,
  replaced: catalogV1.ImportOutcome.IMPORT_OUTCOME_REPLACED,
  unchanged: catalogV1.ImportOutcome.IMPORT_OUTCOME_UNCHANGED,
  rejected: catalogV1.ImportOutcome.IMPORT_OUTCOME_REJECTED,
};

export function toImportResultMessage(result: ImportResult): catalogV1.ImportResult {
  return {
    outcome: OUTCOMES[result.outcome],
    titleId: result.outcome === 'rejected' ? undefined : result.titleId,
    problems: result.outcome === 'rejected' ? result.problems.map(toProblemMessage) : [],
  };
}

function toProblemMessage({ path, reason, values = {} }: FieldError): catalogV1.FieldProblem {
  const texts = Object.entries(values).map(([name, value]) => [name, String(value)] as const);
  return { path, reason, values: Object.fromEntries(texts) };
}
