import type { catalogV1, FieldError, FieldErrorReason } from '@viernes/contracts';
import { translateFieldErrors } from '@viernes/gateway';
import { required } from '../upstream/required.js';
import type { ImportResult } from './title-import.operations.js';

/** The numbers of the enum are the positions in this list, starting with 1. */
const OUTCOMES = ['created', 'replaced', 'unchanged', 'rejected'] as const;

export function toImportResult(
  externalId: string | null,
  { outcome, titleId, problems }: catalogV1.ImportResult,
  language: string,
): ImportResult {
  return {
    externalId,
    outcome: required(OUTCOMES[outcome - 1], 'outcome'),
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
