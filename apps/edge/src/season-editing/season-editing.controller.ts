import { Controller, Inject, Req, Res } from '@nestjs/common';
import { CodedError, type catalogV1 } from '@viernes/contracts';
import { Handles, Input, listFieldErrors, matchesIfMatch, type InputOf, type ResponseOf } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toChangePageResponse } from '../change/change.response.js';
import { applyMergePatch, withoutNulls } from '../request/merge-patch.js';
import { findSeason, toSeasonResponse } from '../season/season.response.js';
import { season, seasonInput, type SeasonInput, type SeasonResponse } from '../season/season.schema.js';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import {
  createSeason,
  deleteSeason,
  listSeasonChanges,
  patchSeason,
  replaceSeason,
  restoreSeason,
} from './season-editing.operations.js';

interface SeasonParams {
  readonly id: string;
  readonly number: number;
}

type PutOptions = Pick<catalogV1.PutSeasonRequest, 'revision' | 'restoreEpisodes'>;

@Controller()
export class SeasonEditingController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(createSeason)
  async create(
    @Input(createSeason) { params, body: { number, ...input } }: InputOf<typeof createSeason>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeasonResponse> {
    const created = await this.put({ id: params.id, number }, input, { revision: undefined, restoreEpisodes: false });
    reply.header('location', toPath({ id: params.id, number }));
    return created;
  }

  @Handles(replaceSeason)
  async replace(
    @Input(replaceSeason) { params, query, body }: InputOf<typeof replaceSeason>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeasonResponse> {
    const { revision } = await this.getMatching(params, request);
    return this.save(params, body, { revision, restoreEpisodes: query.restoreEpisodes === 'true' }, reply);
  }

  @Handles(patchSeason)
  async patch(
    @Input(patchSeason) { params, body }: InputOf<typeof patchSeason>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeasonResponse> {
    const current = await this.getMatching(params, request);
    const { data, error } = seasonInput.safeParse(applyMergePatch(toWritableSeason(current), body));
    if (error) throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: listFieldErrors(error, 'body') });
    return this.save(params, data, { revision: current.revision, restoreEpisodes: false }, reply);
  }

  @Handles(deleteSeason)
  async delete(
    @Input(deleteSeason) { params }: InputOf<typeof deleteSeason>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { number, revision } = await this.getMatching(params, request);
    await this.catalog.deleteSeason({ titleId: params.id, number, revision });
  }

  @Handles(restoreSeason)
  async restore(
    @Input(restoreSeason) { params }: InputOf<typeof restoreSeason>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SeasonResponse> {
    const restored = await this.catalog.restoreSeason({ titleId: params.id, number: params.number });
    reply.header('content-location', toPath(params));
    return toSeasonResponse(required(restored.season, 'season'));
  }

  @Handles(listSeasonChanges)
  async listChanges(
    @Input(listSeasonChanges) { params, query }: InputOf<typeof listSeasonChanges>,
  ): Promise<ResponseOf<typeof listSeasonChanges>> {
    const request = { titleId: params.id, number: params.number, pageSize: 0, cursor: '', ...query };
    return toChangePageResponse(await this.catalog.listSeasonChanges(request));
  }

  /**
   * Returns the current season if `If-Match` matches it. The catalog rejects a change of a season whose revision has changed
   * since.
   *
   * @throws CodedError TITLE_NOT_FOUND, SEASON_NOT_FOUND, SEASON_CHANGED
   */
  private async getMatching({ id, number }: SeasonParams, { headers }: FastifyRequest): Promise<SeasonResponse> {
    const current = toSeasonResponse(findSeason(await this.catalog.listSeasons({ titleId: id }), number));
    if (!matchesIfMatch(headers['if-match'], current, season)) throw new CodedError('SEASON_CHANGED', { id, number });
    return current;
  }

  private async save(
    params: SeasonParams,
    input: SeasonInput,
    options: PutOptions,
    reply: FastifyReply,
  ): Promise<SeasonResponse> {
    const saved = await this.put(params, input, options);
    reply.header('content-location', toPath(params));
    return saved;
  }

  private async put(
    { id: titleId, number }: SeasonParams,
    { name = '', synopsis = '', releaseYear, episodes }: SeasonInput,
    options: PutOptions,
  ): Promise<SeasonResponse> {
    const saved = await this.catalog.putSeason({
      ...{ titleId, number, name, synopsis, releaseYear, ...options },
      episodes: episodes.map((each) => ({ synopsis: '', ...each })),
    });
    return toSeasonResponse(required(saved.season, 'season'));
  }
}

const toPath = ({ id, number }: SeasonParams): string => `/v1/titles/${id}/seasons/${number}`;

/** Returns the fields that an editor can change, in the format of an input, so that a patch can be applied to them. */
function toWritableSeason({ name, synopsis, releaseYear, episodes }: SeasonResponse): object {
  return withoutNulls({
    ...{ name, synopsis, releaseYear },
    episodes: episodes.map(({ number, name: episodeName, synopsis: text, runtimeMinutes, releasedOn }) =>
      withoutNulls({ number, name: episodeName, synopsis: text, runtimeMinutes, releasedOn }),
    ),
  });
}
