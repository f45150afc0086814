import { catalogV1 } from '@viernes/contracts';
import type { ChangeEntity } from './change.entity.js';
import type { ChangeAction } from './change.js';
import type { ChangePage } from './change.repository.js';

const ACTIONS: Readonly<Record<ChangeAction, catalogV1.ChangeAction>> = {
  created: catalogV1.ChangeAction.CHANGE_ACTION_CREATED,
  replaced: catalogV1.ChangeAction.CHANGE_ACTION_REPLACED,
  deleted: catalogV1.ChangeAction.CHANGE_ACTION_DELETED,
  restored: catalogV1.ChangeAction.CHANGE_ACTION_RESTORED,
};

export function toChangePageMessage({ entries, nextCursor }: ChangePage): catalogV1.ListTitleChangesResponse {
  return { changes: entries.map(toChangeMessage), nextCursor };
}

function toChangeMessage(change: ChangeEntity): catalogV1.Change {
  return {
    revision: change.revision,
    action: ACTIONS[change.action],
    accountId: change.accountId ?? '',
    changedAt: change.changedAt.toISOString(),
    fields: change.fields.map(({ field, before, after }) => ({ field, before, after })),
  };
}
