import { Inject, Injectable } from '@nestjs/common';
import { CATALOG, USER, type CatalogClient, type UserClient } from '../upstream/upstream.js';

/** Chooses the episode with which a profile continues a series. */
@Injectable()
export class NextEpisode {
  constructor(
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(USER) private readonly user: UserClient,
  ) {}

  /**
   * Returns the episode that the profile watched last or, if that episode is finished, the next one. Returns the first
   * episode to a new viewer, and after the last episode. Specials, which are season 0, come last.
   *
   * @returns undefined if the title has no playable episodes
   * @throws CodedError TITLE_NOT_FOUND
   */
  async find(profileId: string, seriesId: string): Promise<string | undefined> {
    const { seasons } = await this.catalog.listSeasons({ titleId: seriesId });
    const ordered = seasons.toSorted((a, b) => Number(a.number === 0) - Number(b.number === 0) || a.number - b.number);
    const ids = ordered.flatMap(({ episodes }) => episodes.filter(({ isPlayable }) => isPlayable).map(({ id }) => id));
    if (ids.length === 0) return undefined;
    const { titleId, isFinished } = await this.user.getLatestProgress({ profileId, titleIds: ids });
    const last = ids.indexOf(titleId);
    return ids[isFinished ? last + 1 : Math.max(last, 0)] ?? ids[0];
  }
}
