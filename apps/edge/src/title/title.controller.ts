import { Controller, Inject } from '@nestjs/common';
import { Handles, Input, type InputOf } from '@viernes/gateway';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { getTitle } from './title.operations.js';
import { toTitleDetailsResponse } from './title.response.js';
import type { TitleDetailsResponse } from './title.schema.js';

@Controller()
export class TitleController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(getTitle)
  async get(@Input(getTitle) { params }: InputOf<typeof getTitle>): Promise<TitleDetailsResponse> {
    const { title } = await this.catalog.getTitle({ titleId: params.id });
    return toTitleDetailsResponse(required(title, 'title'));
  }
}
