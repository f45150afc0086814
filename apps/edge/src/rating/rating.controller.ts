import { Controller, Inject } from '@nestjs/common';
import { THUMBS } from '@viernes/contracts';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { CATALOG, USER, type CatalogClient, type UserClient } from '../upstream/upstream.js';
import { getRating, rateTitle, removeRating } from './rating.operations.js';

/** The numbers of the protobuf enum are the positions in the list of thumbs, starting with 1. */
@Controller()
export class RatingController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(CATALOG) private readonly catalog: CatalogClient,
  ) {}

  @Handles(getRating)
  async get(@Input(getRating) { params }: InputOf<typeof getRating>): Promise<ResponseOf<typeof getRating>> {
    const { thumb } = await this.user.getRating(params);
    return { thumb: THUMBS[thumb - 1] ?? null };
  }

  @Handles(rateTitle)
  async rate(@Input(rateTitle) { params, body }: InputOf<typeof rateTitle>): Promise<void> {
    await this.catalog.getTitle(params);
    await this.user.rateTitle({ ...params, thumb: THUMBS.indexOf(body.thumb) + 1 });
  }

  @Handles(removeRating)
  async remove(@Input(removeRating) { params }: InputOf<typeof removeRating>): Promise<void> {
    await this.user.removeRating(params);
  }
}
