import { withoutNulls } from '../request/merge-patch.js';
import type { TitleDetailsResponse } from '../title/title.schema.js';

/** Returns the fields that an editor can change, in the format of an input, so that a patch can be applied to them. */
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
