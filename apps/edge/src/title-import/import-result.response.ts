import type { catalogV1, FieldError, FieldErrorReason } from '@viernes/contracts';
import { translateFieldErrors } from '@viernes/gateway';
import { required } from '../upstream/required.js';
import { IMPORT_OUTCOMES, type ImportResult } from './title-import.operations.js';

export function toImportResult(
  externalId: string | null,
  { outcome, titleId, problems }: catalogV1.ImportResult,
  language: string,
): ImportResult {
  return {
    externalId,
    outcome: required(IMPORT_OUTCOMES[outcome - 1], 'outcome'),
    titleId: titleId ?? null,
    problems: translateFieldErrors(problems.map(toFieldError), language),
  };
}

function toFieldError({ path, reason, values }: catalogV1.FieldProblem): FieldError {
  // Numbers must not be text, because they select the plural form.
  const typed = Object.entries(values).map(
    ([name, value]) => [name, /^\d+$/.test(value) ? Number(value) : value] as const,
  );
  return { path, reason: reason as FieldErrorReason, values: Object.fromEntries(typed) };
}
