import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { getEpisode, getSeason, listSeasons } from './season.operations.js';
import { findEpisode, findSeason, toEpisodeResponse, toSeasonResponse } from './season.response.js';
import type { EpisodeResponse, SeasonResponse } from './season.schema.js';

@Controller()
export class SeasonController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listSeasons)
  async list(@Input(listSeasons) { params }: InputOf<typeof listSeasons>): Promise<ResponseOf<typeof listSeasons>> {
    const { seasons } = await this.catalog.listSeasons({ titleId: params.id });
    return { seasons: seasons.map(toSeasonResponse) };
  }

  @Handles(getSeason)
  async get(@Input(getSeason) { params }: InputOf<typeof getSeason>): Promise<SeasonResponse> {
    return toSeasonResponse(findSeason(await this.catalog.listSeasons({ titleId: params.id }), params.number));
  }

  @Handles(getEpisode)
  async getEpisode(@Input(getEpisode) { params }: InputOf<typeof getEpisode>): Promise<EpisodeResponse> {
    const found = await this.catalog.listSeasons({ titleId: params.id });
    return toEpisodeResponse(findEpisode(findSeason(found, params.number), params.episode));
  }
}
