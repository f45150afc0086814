import { Controller, Inject, Res } from '@nestjs/common';
import { Handles, Input, type ResponseOf, type InputOf } from '@viernes/gateway';
import type { FastifyReply } from 'fastify';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { toTitleKindMessage, toTitleResponse } from './title.response.js';
import { createTitle, getTitle, listTitles, type TitleResponse } from './title.operations.js';

@Controller()
export class TitleController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(listTitles)
  async list(@Input(listTitles) { query }: InputOf<typeof listTitles>): Promise<ResponseOf<typeof listTitles>> {
    const { titles, nextCursor } = await this.catalog.listTitles({
      query: query.query ?? '',
      kind: toTitleKindMessage(query.kind),
      genre: query.genre ?? '',
      playableOnly: query.playable === 'true',
      pageSize: query.pageSize ?? 0,
      cursor: query.cursor ?? '',
    });
    return { titles: titles.map(toTitleResponse), nextCursor: nextCursor === '' ? null : nextCursor };
  }

  @Handles(getTitle)
  async get(@Input(getTitle) { params }: InputOf<typeof getTitle>): Promise<TitleResponse> {
    const { title } = await this.catalog.getTitle({ titleId: params.id });
    return toTitleResponse(required(title, 'title'));
  }

  @Handles(createTitle)
  async create(
    @Input(createTitle) { body }: InputOf<typeof createTitle>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TitleResponse> {
    const { kind, synopsis = '', genres = [], directors = [], ...rest } = body;
    const created = await this.catalog.createTitle({
      ...rest,
      kind: toTitleKindMessage(kind),
      synopsis,
      genres,
      directors,
    });
    const title = toTitleResponse(required(created.title, 'title'));
    reply.header('location', `/v1/titles/${title.id}`);
    return title;
  }
}
