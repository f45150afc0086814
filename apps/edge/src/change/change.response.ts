import type { catalogV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import { CHANGE_ACTIONS, type ChangePageResponse, type ChangeResponse } from './change.schema.js';

export function toChangePageResponse(page: catalogV1.ListTitleChangesResponse): ChangePageResponse {
  const { changes, nextCursor } = page;
  return { changes: changes.map(toChangeResponse), nextCursor: nextCursor === '' ? null : nextCursor };
}

function toChangeResponse(change: catalogV1.Change): ChangeResponse {
  return {
    revision: change.revision,
    action: required(CHANGE_ACTIONS[change.action - 1], 'action'),
    accountId: change.accountId || null,
    changedAt: required(change.changedAt, 'changed_at'),
    fields: change.fields.map(({ field, before, after }) => ({ field, before: parse(before), after: parse(after) })),
  };
}

function parse(json: string | undefined): unknown {
  return json === undefined ? null : JSON.parse(json);
}
