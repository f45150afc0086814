import { Inject, Injectable } from '@nestjs/common';
import type { catalogV1, userV1 } from '@viernes/contracts';
import { toEpisodeResponse } from '../season/season.response.js';
import { toTitleResponse } from '../title/title.response.js';
import { required } from '../upstream/required.js';
import { CATALOG, USER, type CatalogClient, type UserClient } from '../upstream/upstream.js';
import type { ContinueWatchingResponse } from './profile.operations.js';

/** Joins the watch progress of the user service with the titles of the catalog service. */
@Injectable()
export class ContinueWatching {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
  ) {}

  /** @throws CodedError PROFILE_NOT_FOUND if the profile does not belong to the caller */
  async list(profileId: string): Promise<ContinueWatchingResponse[]> {
    return this.addTitles(await this.listProgress(profileId));
  }

  /** @throws CodedError PROFILE_NOT_FOUND if the profile does not belong to the caller */
  async listProgress(profileId: string): Promise<userV1.ContinueWatchingEntry[]> {
    const { entries } = await this.user.listContinueWatching({ profileId, pageSize: 0 });
    return entries;
  }

  /** Omits entries whose title does not exist anymore. */
  async addTitles(entries: readonly userV1.ContinueWatchingEntry[]): Promise<ContinueWatchingResponse[]> {
    if (entries.length === 0) return [];
    const ids = entries.map(({ titleId }) => titleId);
    const { titles } = await this.catalog.batchGetTitles({ titleIds: ids });
    const byId = new Map(titles.map((title) => [title.id, title]));
    const episodes = await this.addEpisodes(
      byId,
      ids.filter((id) => !byId.has(id)),
    );
    return entries.flatMap(({ titleId: id, assetId, positionMs, durationMs, watchedAt }) => {
      const episode = episodes.get(id);
      const title = byId.get(episode?.titleId ?? id);
      if (!title) return [];
      const progress = { assetId, positionMs, durationMs, watchedAt: required(watchedAt, 'watched_at') };
      return [{ title: toTitleResponse(title), episode: episode ? toEpisodeResponse(episode) : null, ...progress }];
    });
  }

  /** A progress refers to a film or to an episode. Adds the series of the episodes to the titles. */
  private async addEpisodes(
    titles: Map<string, catalogV1.Title>,
    episodeIds: string[],
  ): Promise<ReadonlyMap<string, catalogV1.Episode>> {
    if (episodeIds.length === 0) return new Map();
    const { episodes } = await this.catalog.batchGetEpisodes({ episodeIds });
    const titleIds = [...new Set(episodes.map(({ titleId }) => titleId))];
    if (titleIds.length > 0) {
      const series = await this.catalog.batchGetTitles({ titleIds });
      for (const title of series.titles) titles.set(title.id, title);
    }
    return new Map(episodes.map((episode) => [episode.id, episode]));
  }
}
