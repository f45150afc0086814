import { Controller, Inject, Req, Res } from '@nestjs/common';
import { CodedError, type catalogV1 } from '@viernes/contracts';
import { Handles, Input, listFieldErrors, matchesIfMatch, type InputOf } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { applyMergePatch, withoutNulls } from '../request/merge-patch.js';
import { findEpisode, findSeason, toEpisodeResponse } from '../season/season.response.js';
import { episode, episodeInput, type EpisodeInput, type EpisodeResponse } from '../season/season.schema.js';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { deleteEpisode, patchEpisode, replaceEpisode, restoreEpisode } from './episode-editing.operations.js';

interface EpisodeParams {
  readonly id: string;
  readonly number: number;
  readonly episode: number;
}

/** Changes an episode by replacing its season. The revision of the season reveals concurrent changes to either. */
@Controller()
export class EpisodeEditingController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(replaceEpisode)
  async replace(
    @Input(replaceEpisode) { params, body }: InputOf<typeof replaceEpisode>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EpisodeResponse> {
    const season = await this.getMatching(params, request);
    return this.save(season, params, body, reply);
  }

  @Handles(patchEpisode)
  async patch(
    @Input(patchEpisode) { params, body }: InputOf<typeof patchEpisode>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EpisodeResponse> {
    const season = await this.getMatching(params, request);
    const { name, synopsis, runtimeMinutes, releasedOn } = toEpisodeResponse(findEpisode(season, params.episode));
    const writable = withoutNulls({ name, synopsis, runtimeMinutes, releasedOn });
    const { data, error } = episodeInput.safeParse(applyMergePatch(writable, body));
    if (error) throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: listFieldErrors(error, 'body') });
    return this.save(season, params, data, reply);
  }

  @Handles(deleteEpisode)
  async delete(
    @Input(deleteEpisode) { params }: InputOf<typeof deleteEpisode>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const season = await this.getMatching(params, request);
    const episodes = season.episodes.filter(({ number }) => number !== params.episode);
    await this.catalog.putSeason({ ...season, titleId: params.id, restoreEpisodes: false, episodes });
  }

  @Handles(restoreEpisode)
  async restore(
    @Input(restoreEpisode) { params }: InputOf<typeof restoreEpisode>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EpisodeResponse> {
    const { id: titleId, number: seasonNumber, episode: number } = params;
    const restored = await this.catalog.restoreEpisode({ titleId, seasonNumber, number });
    return respond(restored.season, params, reply);
  }

  /**
   * Returns the season if the `If-Match` header of the request matches the current episode.
   *
   * @throws CodedError TITLE_NOT_FOUND, SEASON_NOT_FOUND, EPISODE_NOT_FOUND, SEASON_CHANGED
   */
  private async getMatching(params: EpisodeParams, { headers }: FastifyRequest): Promise<catalogV1.Season> {
    const season = findSeason(await this.catalog.listSeasons({ titleId: params.id }), params.number);
    const current = toEpisodeResponse(findEpisode(season, params.episode));
    if (!matchesIfMatch(headers['if-match'], current, episode)) throw new CodedError('SEASON_CHANGED', { ...params });
    return season;
  }

  private async save(
    season: catalogV1.Season,
    params: EpisodeParams,
    { synopsis = '', ...input }: EpisodeInput,
    reply: FastifyReply,
  ): Promise<EpisodeResponse> {
    const changed = { number: params.episode, synopsis, ...input };
    const episodes = season.episodes.map((each) => (each.number === params.episode ? changed : each));
    const saved = await this.catalog.putSeason({ ...season, titleId: params.id, restoreEpisodes: false, episodes });
    return respond(saved.season, params, reply);
  }
}

function respond(season: catalogV1.Season | undefined, params: EpisodeParams, reply: FastifyReply): EpisodeResponse {
  reply.header('content-location', `/v1/titles/${params.id}/seasons/${params.number}/episodes/${params.episode}`);
  return toEpisodeResponse(findEpisode(required(season, 'season'), params.episode));
}
