import { catalogV1 } from '@viernes/contracts';
import type { GrpcClient } from '@viernes/platform';
import { newCaller, runAs, startTestService, type TestEnvironment, type TestService } from '@viernes/platform/testing';
import { uniqueName, type TestDatabase } from '@viernes/testing';
import { CatalogModule } from '../catalog.module.js';
import { readConfig } from '../config.js';

export interface TestCatalog extends Pick<TestService, 'app' | 'database' | 'get' | 'stop'> {
  readonly client: GrpcClient<catalogV1.CatalogServiceService>;
  /** Deletes all titles and everything that depends on them. */
  readonly clear: () => Promise<unknown>;
  /** Creates a title as an editor. */
  readonly createTitle: (changes?: Partial<catalogV1.TitleInput>) => Promise<catalogV1.Title>;
}

/** The tables, in the order in which the home refresh and the event handlers lock them, to avoid deadlocks. */
const TABLES = `home_refresh, home_entry, publication, title_popularity, title_search, title, credit, person, change,
  season, episode, deleted_season, deleted_episode, deleted_person`;

/**
 * Starts the service in this process with its own consumer group. It is ready on return.
 *
 * @param database the database of another replica. Default: a new one
 * @param settings in addition to those of all services
 */
export async function startCatalog(database?: TestDatabase, settings: TestEnvironment = {}): Promise<TestCatalog> {
  const service = await startTestService({
    ...(database && { database }),
    module: (env) => CatalogModule.forConfig(readConfig({ ...env, ...settings }), uniqueName('catalog')),
    definitions: { 'viernes.catalog.v1.CatalogService': catalogV1.CatalogServiceService },
  });
  const client = service.client(catalogV1.CatalogServiceService);
  return {
    ...service,
    client,
    clear: () => service.database.query(`TRUNCATE ${TABLES}`),
    createTitle: async (changes) => {
      const { title } = await runAs(newCaller('editor'), () => client.createTitle({ title: newTitleInput(changes) }));
      if (!title) throw new Error('the response contains no title');
      return title;
    },
  };
}

export function newTitleInput(changes: Partial<catalogV1.TitleInput> = {}): catalogV1.TitleInput {
  return {
    kind: catalogV1.TitleKind.TITLE_KIND_FILM,
    name: 'Nosferatu',
    synopsis: '',
    releaseYear: undefined,
    genres: [],
    credits: [],
    maturityRating: undefined,
    runtimeMinutes: undefined,
    score: undefined,
    externalId: undefined,
    slug: undefined,
    countries: [],
    languages: [],
    seasonCount: undefined,
    addedOn: undefined,
    artwork: [],
    availability: [],
    ...changes,
  };
}

/** The fields of a list request, and those of its filter on the same level. */
export type ListFields = Partial<Omit<catalogV1.ListTitlesRequest, 'filter'> & catalogV1.TitleFilter>;

export function newListTitlesRequest(changes: ListFields = {}): catalogV1.ListTitlesRequest {
  const { pageSize = 0, cursor = '', query = '', order = 0, includeTotal = false, language = '', ...filter } = changes;
  return { pageSize, cursor, query, order, includeTotal, language, filter: newTitleFilter(filter) };
}

function newTitleFilter(changes: Partial<catalogV1.TitleFilter>): catalogV1.TitleFilter {
  return {
    kind: catalogV1.TitleKind.TITLE_KIND_UNSPECIFIED,
    genres: [],
    personId: '',
    role: catalogV1.CreditRole.CREDIT_ROLE_UNSPECIFIED,
    countries: [],
    languages: [],
    playableOnly: false,
    includeHidden: false,
    ...changes,
  };
}
