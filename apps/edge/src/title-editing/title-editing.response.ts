import type { catalogV1 } from '@viernes/contracts';
import { withoutNulls } from '../request/merge-patch.js';
import type { TitleDetailsResponse } from '../title/title.schema.js';
import { required } from '../upstream/required.js';
import { TITLE_ACTIONS, type TitleChangeResponse } from './title-editing.operations.js';

export function toTitleChangeResponse(change: catalogV1.TitleChange): TitleChangeResponse {
  return {
    revision: change.revision,
    action: required(TITLE_ACTIONS[change.action - 1], 'action'),
    accountId: change.accountId || null,
    changedAt: required(change.changedAt, 'changed_at'),
    fields: change.fields.map(({ field, before, after }) => ({ field, before: parse(before), after: parse(after) })),
  };
}

function parse(json: string | undefined): unknown {
  return json === undefined ? null : JSON.parse(json);
}

/** The fields that an editor can change, in the format of a new title: a patch applies to them. */
export function toWritableTitle(title: TitleDetailsResponse): Readonly<Record<string, unknown>> {
  const {
    id: _id,
    directors: _directors,
    minimumAge: _age,
    isPlayable: _isPlayable,
    assetId: _assetId,
    durationMs: _durationMs,
    createdAt: _createdAt,
    revision: _revision,
    updatedAt: _updatedAt,
    ...writable
  } = title;
  const credits = title.credits.map(withoutNulls);
  return withoutNulls({ ...writable, credits });
}
