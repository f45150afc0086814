import { Inject, Injectable } from '@nestjs/common';
import type { catalogV1 } from '@viernes/contracts';
import { toEpisodeResponse } from '../season/season.response.js';
import type { EpisodeResponse } from '../season/season.schema.js';
import { toTitleResponse } from '../title/title.response.js';
import type { TitleResponse } from '../title/title.schema.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';

export interface Watched<Progress> {
  readonly progress: Progress;
  readonly title: TitleResponse;
  /** Null if the title is a film. */
  readonly episode: EpisodeResponse | null;
}

/** Joins the progress of the user service with the titles of the catalog service. */
@Injectable()
export class WatchedTitles {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  /**
   * Omits progress whose title does not exist for the caller.
   *
   * @param entries their titleId is the ID of a film or an episode
   */
  async join<Progress extends { readonly titleId: string }>(
    entries: readonly Progress[],
  ): Promise<Watched<Progress>[]> {
    if (entries.length === 0) return [];
    const ids = entries.map(({ titleId }) => titleId);
    const { titles } = await this.catalog.batchGetTitles({ titleIds: ids });
    const byId = new Map(titles.map((title) => [title.id, title]));
    const episodes = await this.addEpisodes(
      byId,
      ids.filter((id) => !byId.has(id)),
    );
    return entries.flatMap((progress) => {
      const episode = episodes.get(progress.titleId);
      const title = byId.get(episode?.titleId ?? progress.titleId);
      if (!title) return [];
      return [{ progress, title: toTitleResponse(title), episode: episode ? toEpisodeResponse(episode) : null }];
    });
  }

  /** Returns the episodes by ID, and adds their series to the titles. */
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
