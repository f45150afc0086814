import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { catalogV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access } from '@viernes/platform';
import { toChangePageMessage } from '../change/change.message.js';
import { TitleRepository } from '../title/title.repository.js';
import { EditSeasons } from './edit-seasons.service.js';
import { ListSeasonChanges } from './list-season-changes.service.js';
import { toEpisodeMessage, toSeasonMessage } from './season.message.js';
import { SeasonRepository } from './season.repository.js';
import {
  DeleteSeasonRequest,
  EpisodeIdsRequest,
  ListSeasonChangesRequest,
  ListSeasonsRequest,
  PutSeasonRequest,
  RestoreEpisodeRequest,
  RestoreSeasonRequest,
} from './season.requests.js';

@Controller()
export class SeasonController {
  constructor(
    private readonly titles: TitleRepository,
    private readonly seasons: SeasonRepository,
    private readonly edit: EditSeasons,
    private readonly listChanges: ListSeasonChanges,
  ) {}

  @GrpcMethod('CatalogService', 'listSeasons')
  @Access('public')
  async listSeasons(
    @Payload({ schema: ListSeasonsRequest }) request: ListSeasonsRequest,
  ): Promise<catalogV1.ListSeasonsResponse> {
    const { id } = await this.titles.get(request.titleId);
    return { seasons: (await this.seasons.list(id)).map(toSeasonMessage) };
  }

  @GrpcMethod('CatalogService', 'putSeason')
  @Access('editor')
  @Idempotent(catalogV1.CatalogServiceService.putSeason)
  async putSeason(
    @Payload({ schema: PutSeasonRequest }) { titleId, ...request }: PutSeasonRequest,
  ): Promise<catalogV1.PutSeasonResponse> {
    return { season: toSeasonMessage(await this.edit.put(titleId, request)) };
  }

  @GrpcMethod('CatalogService', 'deleteSeason')
  @Access('editor')
  async deleteSeason(
    @Payload({ schema: DeleteSeasonRequest }) { titleId, number, revision }: DeleteSeasonRequest,
  ): Promise<catalogV1.DeleteSeasonResponse> {
    await this.edit.delete(titleId, number, revision);
    return {};
  }

  @GrpcMethod('CatalogService', 'restoreSeason')
  @Access('editor')
  @Idempotent(catalogV1.CatalogServiceService.restoreSeason)
  async restoreSeason(
    @Payload({ schema: RestoreSeasonRequest }) { titleId, number }: RestoreSeasonRequest,
  ): Promise<catalogV1.RestoreSeasonResponse> {
    return { season: toSeasonMessage(await this.edit.restore(titleId, number)) };
  }

  @GrpcMethod('CatalogService', 'listSeasonChanges')
  @Access('editor')
  async listSeasonChanges(
    @Payload({ schema: ListSeasonChangesRequest }) request: ListSeasonChangesRequest,
  ): Promise<catalogV1.ListSeasonChangesResponse> {
    return toChangePageMessage(await this.listChanges.run(request));
  }

  @GrpcMethod('CatalogService', 'restoreEpisode')
  @Access('editor')
  @Idempotent(catalogV1.CatalogServiceService.restoreEpisode)
  async restoreEpisode(
    @Payload({ schema: RestoreEpisodeRequest }) { titleId, seasonNumber, number }: RestoreEpisodeRequest,
  ): Promise<catalogV1.RestoreEpisodeResponse> {
    return { season: toSeasonMessage(await this.edit.restoreEpisode(titleId, seasonNumber, number)) };
  }

  @GrpcMethod('CatalogService', 'batchGetEpisodes')
  @Access('public')
  async batchGetEpisodes(
    @Payload({ schema: EpisodeIdsRequest }) { episodeIds }: EpisodeIdsRequest,
  ): Promise<catalogV1.BatchGetEpisodesResponse> {
    return { episodes: (await this.seasons.listEpisodes(episodeIds)).map(toEpisodeMessage) };
  }

  @GrpcMethod('CatalogService', 'listNextEpisodes')
  @Access('public')
  async listNextEpisodes(
    @Payload({ schema: EpisodeIdsRequest }) { episodeIds }: EpisodeIdsRequest,
  ): Promise<catalogV1.ListNextEpisodesResponse> {
    const next = await this.seasons.listNextEpisodes(episodeIds);
    return { nextEpisodes: [...next].map(([previousId, each]) => ({ previousId, episode: toEpisodeMessage(each) })) };
  }
}
