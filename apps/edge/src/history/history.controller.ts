import { Controller, Inject } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { WatchedTitles } from '../profile/watched-titles.js';
import { required } from '../upstream/required.js';
import { CATALOG, USER, type CatalogClient, type UserClient } from '../upstream/upstream.js';
import { clearHistory, listHistory, removeFromHistory } from './history.operations.js';

@Controller()
export class HistoryController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    private readonly watched: WatchedTitles,
  ) {}

  @Handles(listHistory)
  async list(@Input(listHistory) { query }: InputOf<typeof listHistory>): Promise<ResponseOf<typeof listHistory>> {
    const { pageSize = 0, cursor = '' } = query;
    const page = await this.user.listHistory({ pageSize, cursor });
    const watched = await this.watched.join(page.entries);
    const entries = watched.map(({ progress: { positionMs, durationMs, isFinished, watchedAt }, ...titles }) => ({
      ...titles,
      positionMs,
      durationMs,
      isFinished,
      watchedAt: required(watchedAt, 'watched_at'),
    }));
    return { entries, nextCursor: page.nextCursor || null };
  }

  @Handles(clearHistory)
  async clear(): Promise<void> {
    await this.user.clearHistory({});
  }

  @Handles(removeFromHistory)
  async remove(@Input(removeFromHistory) { params }: InputOf<typeof removeFromHistory>): Promise<void> {
    const episodeIds = await this.listEpisodeIds(params.id);
    await this.user.removeFromHistory({ titleIds: [params.id, ...episodeIds] });
  }

  /** Returns no IDs for a film, an episode, or a title that no longer exists for the profile. */
  private async listEpisodeIds(titleId: string): Promise<string[]> {
    try {
      const { seasons } = await this.catalog.listSeasons({ titleId });
      return seasons.flatMap(({ episodes }) => episodes.map(({ id }) => id));
    } catch (error) {
      if (error instanceof CodedError && error.code === 'TITLE_NOT_FOUND') return [];
      throw error;
    }
  }
}
