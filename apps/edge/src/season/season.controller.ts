import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { deleteSeason, listSeasons, putSeason } from './season.operations.js';
import type { SeasonResponse } from './season.schema.js';
import { toSeasonResponse } from './season.response.js';

@Controller()
export class SeasonController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listSeasons)
  async list(@Input(listSeasons) { params }: InputOf<typeof listSeasons>): Promise<ResponseOf<typeof listSeasons>> {
    const { seasons } = await this.catalog.listSeasons({ titleId: params.id });
    return { seasons: seasons.map(toSeasonResponse) };
  }

  @Handles(putSeason)
  async put(@Input(putSeason) { params, body }: InputOf<typeof putSeason>): Promise<SeasonResponse> {
    const { name = '', synopsis = '', releaseYear, episodes } = body;
    const { season } = await this.catalog.putSeason({
      titleId: params.id,
      number: params.number,
      name,
      synopsis,
      releaseYear,
      episodes: episodes.map((each) => ({ synopsis: '', ...each })),
    });
    return toSeasonResponse(required(season, 'season'));
  }

  @Handles(deleteSeason)
  async delete(@Input(deleteSeason) { params }: InputOf<typeof deleteSeason>): Promise<void> {
    await this.catalog.deleteSeason({ titleId: params.id, number: params.number });
  }
}
