import { catalogV1 } from '@viernes/contracts';
import { createGrpcClient, currentContext, newTraceId, runInContext } from '@viernes/platform';
import { toPageCursor } from '../catalog-data/catalog.js';
import type { CatalogTitle } from '../catalog-data/fill-catalog.js';
import { generateTitles } from '../catalog-data/generate-titles.js';
import { createMisspelledNames, createRandom, pick } from '../catalog-data/title-names.js';

const TIMEOUT_MS = 5_000;
const PAGE_SIZE = 20;
/** The highest age rating that the profile of a child allows. */
const CHILD_AGE = 7;
const { TITLE_ORDER_NEWEST, TITLE_ORDER_NAME, TITLE_ORDER_POPULARITY, TITLE_ORDER_SCORE } = catalogV1.TitleOrder;
const NO_FILTER = {
  kind: 0,
  genres: [],
  personId: '',
  role: 0,
  countries: [],
  languages: [],
  playableOnly: false,
  includeHidden: false,
};
const FIRST_PAGE = {
  ...{ pageSize: PAGE_SIZE, cursor: '', query: '', filter: undefined, order: 0 },
  ...{ includeTotal: false, language: '' },
};

/** One read, whose parameters differ in each call. */
type Read = () => Promise<unknown>;

export interface CatalogReads {
  readonly reads: Readonly<Record<string, Read>>;
  /** Reads the page that follows a title. */
  readonly listAfter: (title: CatalogTitle) => Promise<unknown>;
  /** Reads the page that follows any title. */
  readonly listLaterPage: Read;
  readonly close: () => void;
}

/** Creates each kind of read of the catalog service, with parameters from its titles. */
export function createCatalogReads(address: string, titles: readonly CatalogTitle[]): CatalogReads {
  const client = createGrpcClient(catalogV1.CatalogServiceService, address, { idempotent: [], timeoutMs: TIMEOUT_MS });
  const random = createRandom(3);
  const samples = [...generateTitles(Math.min(500, titles.length))];
  const misspelled = createMisspelledNames(500);
  const sample = () => pick(samples, random);
  const list = (request: Partial<catalogV1.ListTitlesRequest>): Promise<unknown> =>
    client.listTitles({ ...FIRST_PAGE, ...request });
  const listAfter = (title: CatalogTitle): Promise<unknown> =>
    list({ order: TITLE_ORDER_NEWEST, cursor: toPageCursor(title) });
  const listLaterPage = (): Promise<unknown> => listAfter(pick(titles, random));
  const filter = (order: catalogV1.TitleOrder, values: () => Partial<catalogV1.TitleFilter>): Read => {
    return () => list({ order, filter: { ...NO_FILTER, ...values() } });
  };
  const asChild = (read: Read): Read => {
    return () => runInContext({ ...currentContext(), maximumAge: CHILD_AGE }, read);
  };
  const reads: Record<string, Read> = {
    'list-newest': () => list({ order: TITLE_ORDER_NEWEST }),
    'list-name': () => list({ order: TITLE_ORDER_NAME }),
    'list-name-spanish': () => list({ order: TITLE_ORDER_NAME, language: 'es' }),
    'list-popularity': () => list({ order: TITLE_ORDER_POPULARITY }),
    'list-score': () => list({ order: TITLE_ORDER_SCORE }),
    'list-later-page': listLaterPage,
    'filter-genre': filter(TITLE_ORDER_POPULARITY, () => ({ genres: sample().genres.slice(0, 1) })),
    'filter-rare-country': filter(TITLE_ORDER_POPULARITY, () => ({ countries: ['IS'] })),
    'filter-person': filter(TITLE_ORDER_NEWEST, () => ({ personId: pick(sample().people, random).id })),
    'filter-years': filter(TITLE_ORDER_NAME, () => {
      const { release_year: year } = sample();
      return { releaseYearFrom: year, releaseYearTo: year + 1 };
    }),
    'filter-playable': filter(TITLE_ORDER_SCORE, () => ({ playableOnly: true, genres: sample().genres.slice(0, 1) })),
    'filter-several': filter(TITLE_ORDER_POPULARITY, () => {
      const { genres, countries } = sample();
      return { kind: 2, genres: [...genres], countries: [...countries], releaseYearFrom: 1990, maximumAge: 13 };
    }),
    'filter-child': asChild(() =>
      list({
        order: TITLE_ORDER_POPULARITY,
        filter: { ...NO_FILTER, runtimeMinutesTo: 80 + Math.floor(random() * 3) },
      }),
    ),
    'filter-counted': () =>
      list({ includeTotal: true, filter: { ...NO_FILTER, genres: [...sample().genres], countries: ['US'] } }),
    facets: () => client.listTitleFacets({ query: '', filter: NO_FILTER }),
    'facets-filtered': () =>
      client.listTitleFacets({ query: '', filter: { ...NO_FILTER, genres: [...sample().genres], countries: ['US'] } }),
    'facets-search': () => client.listTitleFacets({ query: pick(sample().people, random).name, filter: NO_FILTER }),
    'search-common-word': () => list({ query: 'the' }),
    'search-two-common-words': () => list({ query: 'of the' }),
    'search-child': asChild(() => list({ query: 'the' })),
    'search-counted': () => list({ query: 'the', includeTotal: true, filter: { ...NO_FILTER, genres: ['War'] } }),
    'search-title': () => list({ query: sample().name }),
    'search-person': () => list({ query: pick(sample().people, random).name }),
    'search-synopsis': () => list({ query: sample().synopsis.split(' ').slice(1, 5).join(' ') }),
    'search-typing-error': () => list({ query: pick(misspelled, random) }),
    'search-filtered': () => list({ query: 'the', filter: { ...NO_FILTER, playableOnly: true } }),
    suggestions: () => client.suggestTitles({ query: sample().name.slice(0, 1 + Math.floor(random() * 8)) }),
    'suggestions-typing-error': () => client.suggestTitles({ query: pick(misspelled, random) }),
    'suggestions-child': asChild(() =>
      client.suggestTitles({ query: sample().name.slice(0, 1 + Math.floor(random() * 8)) }),
    ),
    title: () => client.getTitle({ titleId: sample().id }),
    person: () => client.getPerson({ personId: pick(sample().people, random).id }),
  };
  const withContext = (read: Read): Read => {
    return () => runInContext({ traceId: newTraceId(), deadlineAt: Date.now() + TIMEOUT_MS }, read);
  };
  return {
    reads: Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, withContext(read)])),
    listAfter: (title) => withContext(() => listAfter(title))(),
    listLaterPage: withContext(listLaterPage),
    close: () => client.close(),
  };
}
