import { withoutNulls } from '../request/merge-patch.js';
import type { SeasonResponse } from '../season/season.schema.js';

/** The fields that an editor can change, in the format of an input: a patch applies to them. */
export function toWritableSeason({ name, synopsis, releaseYear, episodes }: SeasonResponse): object {
  return withoutNulls({
    ...{ name, synopsis, releaseYear },
    episodes: episodes.map(({ number, name: episodeName, synopsis: text, runtimeMinutes, releasedOn }) =>
      withoutNulls({ number, name: episodeName, synopsis: text, runtimeMinutes, releasedOn }),
    ),
  });
}
