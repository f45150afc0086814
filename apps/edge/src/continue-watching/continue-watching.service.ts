import { Inject, Injectable } from '@nestjs/common';
import type { CallLimits } from '@viernes/platform';
import { toTitleResponse } from '../title/title.response.js';
import { required } from '../upstream/required.js';
import { CATALOG, USER, type CatalogClient, type UserClient } from '../upstream/upstream.js';
import type { ContinueWatchingResponse } from './continue-watching.operations.js';

/** Joins what user knows (where a profile stopped) with what catalog knows (the titles). */
@Injectable()
export class ContinueWatching {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
  ) {}

  /** @throws CodedError PROFILE_NOT_FOUND where the profile is not the caller's */
  async list(profileId: string, limits: CallLimits = {}): Promise<ContinueWatchingResponse[]> {
    const { entries } = await this.user.listContinueWatching({ profileId, pageSize: 0 }, limits);
    if (entries.length === 0) return [];
    const titleIds = entries.map(({ titleId }) => titleId);
    const { titles } = await this.catalog.batchGetTitles({ titleIds }, limits);
    const byId = new Map(titles.map((title) => [title.id, toTitleResponse(title)]));
    return entries.flatMap(({ titleId, assetId, positionMs, durationMs, watchedAt }) => {
      const title = byId.get(titleId);
      return title ? [{ title, assetId, positionMs, durationMs, watchedAt: required(watchedAt, 'watched_at') }] : [];
    });
  }
}
