import { Inject, Injectable } from '@nestjs/common';
import type { catalogV1, userV1 } from '@viernes/contracts';
import { toEpisodeResponse } from '../season/season.response.js';
import { required } from '../upstream/required.js';
import { CATALOG, USER, type CatalogClient, type UserClient } from '../upstream/upstream.js';
import type { ContinueWatchingResponse } from './profile.operations.js';
import { WatchedTitles, type Watched } from './watched-titles.js';

type Progress = Pick<userV1.FinishedTitle, 'titleId' | 'watchedAt'>;

const MAX_ENTRIES = 20;

/** Lists the films that a profile has not finished, and the episodes to continue its series with (decision 22). */
@Injectable()
export class ContinueWatching {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    private readonly watched: WatchedTitles,
  ) {}

  /** @throws CodedError PROFILE_NOT_FOUND if the profile does not belong to the caller */
  async list(profileId: string): Promise<ContinueWatchingResponse[]> {
    return this.addTitles(await this.listProgress(profileId));
  }

  /** @throws CodedError PROFILE_NOT_FOUND if the profile does not belong to the caller */
  async listProgress(profileId: string): Promise<userV1.ListContinueWatchingResponse> {
    return this.user.listContinueWatching({ profileId, pageSize: MAX_ENTRIES });
  }

  /** Lists each title once, latest first. Omits those that do not exist for the caller. */
  async addTitles({ entries, finished }: userV1.ListContinueWatchingResponse): Promise<ContinueWatchingResponse[]> {
    const progress: Progress[] = [...entries, ...finished];
    const [watched, next] = await Promise.all([this.watched.join(progress), this.listNextEpisodes(finished)]);
    const latestFirst = watched.toSorted((one, other) => Date.parse(watchedAt(other)) - Date.parse(watchedAt(one)));
    const unfinished = new Map(entries.map((entry) => [entry.titleId, entry]));
    return latestFirst
      .filter(({ title }, index) => latestFirst.findIndex((each) => each.title.id === title.id) === index)
      .flatMap((latest) => toResponse(latest, next.get(latest.progress.titleId), unfinished) ?? [])
      .slice(0, MAX_ENTRIES);
  }

  private async listNextEpisodes(
    finished: readonly userV1.FinishedTitle[],
  ): Promise<ReadonlyMap<string, catalogV1.Episode>> {
    if (finished.length === 0) return new Map();
    const { nextEpisodes } = await this.catalog.listNextEpisodes({
      episodeIds: finished.map(({ titleId }) => titleId),
    });
    return new Map(nextEpisodes.map(({ previousId, episode }) => [previousId, required(episode, 'episode')]));
  }
}

/** @returns undefined if a film, or the last episode, is finished */
function toResponse(
  latest: Watched<Progress>,
  next: catalogV1.Episode | undefined,
  unfinished: ReadonlyMap<string, userV1.ContinueWatchingEntry>,
): ContinueWatchingResponse | undefined {
  const titleId = next?.id ?? latest.progress.titleId;
  const { assetId = null, positionMs = 0, durationMs = next?.durationMs ?? 0 } = unfinished.get(titleId) ?? {};
  if (!next && !unfinished.has(titleId)) return undefined;
  return {
    title: latest.title,
    episode: next ? toEpisodeResponse(next) : latest.episode,
    assetId,
    positionMs,
    durationMs,
    watchedAt: watchedAt(latest),
  };
}

function watchedAt({ progress }: Watched<Progress>): string {
  return required(progress.watchedAt, 'watched_at');
}
