import type { catalogV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { ImportResult } from './title-import.operations.js';

/** The numbers of the enum are the positions in this list, starting with 1. */
const OUTCOMES = ['created', 'replaced', 'unchanged', 'rejected'] as const;

export function toImportResult(
  externalId: string | null,
  { outcome, titleId, problems }: catalogV1.ImportResult,
): ImportResult {
  return { externalId, outcome: required(OUTCOMES[outcome - 1], 'outcome'), titleId: titleId ?? null, problems };
}
