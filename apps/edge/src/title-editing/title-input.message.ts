import { ARTWORK_KINDS, catalogV1, CREDIT_ROLES } from '@viernes/contracts';
import { toTitleKindMessage } from '../title/title.response.js';
import type { TitleInput } from '../title/title.schema.js';

export function toTitleInputMessage(input: TitleInput): catalogV1.TitleInput {
  const { credits = [], artwork = [], availability = [], ...fields } = input;
  return {
    synopsis: '',
    genres: [],
    countries: [],
    languages: [],
    ...fields,
    kind: toTitleKindMessage(input.kind),
    credits: credits.map(({ role, ...credit }) => ({ ...credit, role: CREDIT_ROLES.indexOf(role) + 1 })),
    artwork: artwork.map(({ kind, ...image }) => ({ ...image, kind: ARTWORK_KINDS.indexOf(kind) + 1 })),
    availability: availability.map(({ startsAt, endsAt }) => ({ startsAt, endsAt })),
  };
}
