import { Inject, Injectable } from '@nestjs/common';
import type { userV1 } from '@viernes/contracts';
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
    const titleIds = entries.map(({ titleId }) => titleId);
    const { titles } = await this.catalog.batchGetTitles({ titleIds });
    const byId = new Map(titles.map((title) => [title.id, toTitleResponse(title)]));
    return entries.flatMap(({ titleId, assetId, positionMs, durationMs, watchedAt }) => {
      const title = byId.get(titleId);
      return title ? [{ title, assetId, positionMs, durationMs, watchedAt: required(watchedAt, 'watched_at') }] : [];
    });
  }
}
