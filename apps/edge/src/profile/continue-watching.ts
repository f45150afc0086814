import { Inject, Injectable } from '@nestjs/common';
import type { userV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import type { ContinueWatchingResponse } from './profile.operations.js';
import { WatchedTitles } from './watched-titles.js';

/** What a profile has started and not finished. */
@Injectable()
export class ContinueWatching {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    private readonly watched: WatchedTitles,
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

  async addTitles(entries: readonly userV1.ContinueWatchingEntry[]): Promise<ContinueWatchingResponse[]> {
    const watched = await this.watched.join(entries);
    return watched.map(({ progress: { assetId, positionMs, durationMs, watchedAt }, ...titles }) => ({
      ...titles,
      assetId,
      positionMs,
      durationMs,
      watchedAt: required(watchedAt, 'watched_at'),
    }));
  }
}
