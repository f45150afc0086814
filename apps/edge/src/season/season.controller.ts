import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { getSeason, listSeasons } from './season.operations.js';
import { findSeason, toSeasonResponse } from './season.response.js';
import type { SeasonResponse } from './season.schema.js';

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
    return findSeason(await this.catalog.listSeasons({ titleId: params.id }), params.number);
  }
}
