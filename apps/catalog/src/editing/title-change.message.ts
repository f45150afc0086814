import { catalogV1 } from '@viernes/contracts';
import type { TitleChangeEntity } from './title-change.entity.js';
import type { TitleAction } from './title-change.js';

const ACTIONS: Readonly<Record<TitleAction, catalogV1.TitleAction>> = {
  created: catalogV1.TitleAction.TITLE_ACTION_CREATED,
  replaced: catalogV1.TitleAction.TITLE_ACTION_REPLACED,
  deleted: catalogV1.TitleAction.TITLE_ACTION_DELETED,
  restored: catalogV1.TitleAction.TITLE_ACTION_RESTORED,
};

export function toTitleChangeMessage(change: TitleChangeEntity): catalogV1.TitleChange {
  return {
    revision: change.revision,
    action: ACTIONS[change.action],
    accountId: change.accountId ?? '',
    changedAt: change.changedAt.toISOString(),
    fields: change.fields.map(({ field, before, after }) => ({ field, before, after })),
  };
}
