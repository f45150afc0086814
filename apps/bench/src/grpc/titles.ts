import { catalogV1 } from '@viernes/contracts';

/** Typical titles, as catalog returns them. */
const TITLES: readonly catalogV1.Title[] = Array.from({ length: 20 }, (_, index) => ({
  id: `0199f2c4-0000-7000-8000-${String(index).padStart(12, '0')}`,
  kind: catalogV1.TitleKind.TITLE_KIND_FILM,
  name: `A Title of Typical Length ${index}`,
  slug: `a-title-of-typical-length-${index}`,
  synopsis: 'A courier discovers that the parcel she carries every Friday never leaves the city. '.repeat(2),
  releaseYear: 1990 + index,
  genres: ['Drama', 'Thriller'],
  directors: ['Ada Example'],
  maturityRating: 'PG-13',
  runtimeMinutes: 104,
  score: 7.1,
  isPlayable: true,
  assetId: `0199f2c4-0000-7000-8000-1${String(index).padStart(11, '0')}`,
  durationMs: 6_240_000,
  createdAt: '2026-01-02T03:04:05.678Z',
  externalId: `bench/${index}`,
  minimumAge: 13,
  seasonCount: undefined,
  addedOn: undefined,
  updatedAt: '2026-01-02T03:04:05.678Z',
  artwork: [],
  countries: [],
  languages: [],
  availability: [],
  credits: [],
  revision: 0,
}));

/** Both servers return these objects, and both encode them for each call. */
export const GET_TITLE_RESPONSE: catalogV1.GetTitleResponse = { title: TITLES[0] };
export const LIST_TITLES_RESPONSE: catalogV1.ListTitlesResponse = {
  titles: [...TITLES],
  highlights: [],
  isTotalLowerBound: false,
  nextCursor: 'next',
};

export const GET_TITLE_REQUEST: catalogV1.GetTitleRequest = { titleId: '0199f2c4-0000-7000-8000-000000000000' };
export const LIST_TITLES_REQUEST: catalogV1.ListTitlesRequest = {
  pageSize: 20,
  cursor: '',
  query: '',
  filter: undefined,
  includeTotal: false,
  language: '',
  order: catalogV1.TitleOrder.TITLE_ORDER_UNSPECIFIED,
};
