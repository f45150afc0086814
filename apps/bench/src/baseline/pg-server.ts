// The baseline of the catalog service for pages of the title list: grpc-js and pg only, in a separate process.
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { catalogV1 } from '@viernes/contracts';
import pg from 'pg';
import { receiveStart } from './start-message.js';

export interface PgServerStart {
  readonly databaseUrl: string;
}

interface TitleRow {
  readonly id: string;
  readonly kind: 'film' | 'series';
  readonly name: string;
  readonly slug: string;
  readonly synopsis: string;
  readonly releaseYear: number | null;
  readonly genres: string[];
  readonly directors: string[];
  readonly maturityRating: string | null;
  readonly minimumAge: number | null;
  readonly runtimeMinutes: number | null;
  readonly seasonCount: number | null;
  readonly score: number | null;
  /** Empty for generated titles. */
  readonly artwork: never[];
  readonly createdAt: Date;
  readonly assetId: string | null;
  readonly durationMs: number | null;
}

/** The service has the same number of connections. */
const POOL_SIZE = 10;
const CURSOR = /^newest:(\d+):([0-9a-f-]{36})$/;

/** The statement of the service for a later page, with one extra row that shows whether there is a next page. */
const LIST_PAGE = {
  name: 'list-page',
  text: `SELECT t.id, t.kind, t.name, t.slug, t.synopsis, t.release_year AS "releaseYear", t.genres, t.directors,
      t.maturity_rating AS "maturityRating", t.minimum_age AS "minimumAge", t.runtime_minutes AS "runtimeMinutes",
      t.season_count AS "seasonCount", t.score, t.artwork, t.created_at AS "createdAt",
      p.asset_id AS "assetId", CAST(p.duration_ms AS float8) AS "durationMs"
    FROM visible_title t LEFT JOIN publication p ON p.title_id = t.id
    WHERE (t.created_at, t.id) < ($1, $2) ORDER BY t.created_at DESC, t.id DESC LIMIT $3`,
};

const { databaseUrl } = await receiveStart<PgServerStart>();
const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });

async function listTitles({ cursor, pageSize }: catalogV1.ListTitlesRequest): Promise<catalogV1.ListTitlesResponse> {
  const [, createdAtMs, id] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const values = [new Date(Number(createdAtMs)), id, pageSize + 1];
  const { rows } = await pool.query<TitleRow>({ ...LIST_PAGE, values });
  const last = rows.length > pageSize ? rows[pageSize - 1] : undefined;
  return {
    titles: rows.slice(0, pageSize).map(toTitleMessage),
    nextCursor: last ? Buffer.from(`newest:${last.createdAt.getTime()}:${last.id}`).toString('base64url') : '',
    estimatedTotal: undefined,
    isTotalLowerBound: false,
    highlights: [],
  };
}

function toTitleMessage(row: TitleRow): catalogV1.Title {
  const { TITLE_KIND_FILM, TITLE_KIND_SERIES } = catalogV1.TitleKind;
  return {
    id: row.id,
    kind: row.kind === 'series' ? TITLE_KIND_SERIES : TITLE_KIND_FILM,
    name: row.name,
    slug: row.slug,
    synopsis: row.synopsis,
    releaseYear: row.releaseYear ?? undefined,
    genres: row.genres,
    directors: row.directors,
    maturityRating: row.maturityRating ?? undefined,
    minimumAge: row.minimumAge ?? undefined,
    runtimeMinutes: row.runtimeMinutes ?? undefined,
    seasonCount: row.seasonCount ?? undefined,
    score: row.score ?? undefined,
    createdAt: row.createdAt.toISOString(),
    isPlayable: row.assetId !== null,
    assetId: row.assetId ?? undefined,
    durationMs: row.durationMs ?? undefined,
    artwork: row.artwork,
    countries: [],
    languages: [],
    availability: [],
    credits: [],
    revision: 0,
    externalId: undefined,
    addedOn: undefined,
    updatedAt: undefined,
  };
}

const server = new Server();
const { listTitles: method } = catalogV1.CatalogServiceService;
server.addService(
  { listTitles: method },
  {
    listTitles: (
      { request }: { readonly request: catalogV1.ListTitlesRequest },
      callback: (error: Error | null, response?: catalogV1.ListTitlesResponse) => void,
    ) => void listTitles(request).then((response) => callback(null, response), callback),
  },
);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.send?.(port);
});
