// The baseline of the edge for pages of the title list: Fastify and grpc-js only, without any policy, in a separate process.
import { Client, credentials } from '@grpc/grpc-js';
import { catalogV1 } from '@viernes/contracts';
import Fastify, { type FastifyRequest } from 'fastify';
import { receiveStart } from './start-message.js';

export interface FastifyGrpcServerStart {
  /** `host:port` of the catalog. */
  readonly catalogAddress: string;
}

interface ListQuery {
  readonly pageSize: string;
  readonly cursor: string;
}

const { catalogAddress } = await receiveStart<FastifyGrpcServerStart>();
const client = new Client(catalogAddress, credentials.createInsecure());
const { path, requestSerialize, responseDeserialize } = catalogV1.CatalogServiceService.listTitles;
const defaults = catalogV1.ListTitlesRequest.decode(new Uint8Array());

function listTitles(request: catalogV1.ListTitlesRequest): Promise<catalogV1.ListTitlesResponse> {
  return new Promise((resolve, reject) =>
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, request, (error, response) =>
      response === undefined ? reject(error ?? new Error('no response')) : resolve(response),
    ),
  );
}

/** The same fields in the same order as in the responses of the platform. */
function toResponse(title: catalogV1.Title) {
  return {
    id: title.id,
    kind: title.kind === catalogV1.TitleKind.TITLE_KIND_SERIES ? 'series' : 'film',
    name: title.name,
    slug: title.slug,
    synopsis: title.synopsis,
    releaseYear: title.releaseYear ?? null,
    genres: title.genres,
    directors: title.directors,
    maturityRating: title.maturityRating ?? null,
    minimumAge: title.minimumAge ?? null,
    runtimeMinutes: title.runtimeMinutes ?? null,
    seasonCount: title.seasonCount ?? null,
    score: title.score ?? null,
    artwork: title.artwork,
    isPlayable: title.isPlayable,
    assetId: title.assetId ?? null,
    durationMs: title.durationMs ?? null,
    createdAt: title.createdAt,
  };
}

const server = Fastify();
server.get('/v1/titles', async ({ query }: FastifyRequest<{ Querystring: ListQuery }>) => {
  const request = { ...defaults, pageSize: Number(query.pageSize), cursor: query.cursor };
  const { titles, nextCursor } = await listTitles(request);
  const notRequested = { estimatedTotal: null, isTotalLowerBound: false, highlights: null };
  return { titles: titles.map(toResponse), nextCursor: nextCursor || null, ...notRequested };
});
process.send?.(Number(new URL(await server.listen({ port: 0, host: '127.0.0.1' })).port));
