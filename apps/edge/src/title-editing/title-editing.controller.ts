import { Controller, Inject, Res } from '@nestjs/common';
import { Handles, Input, type InputOf } from '@viernes/gateway';
import type { FastifyReply } from 'fastify';
import { toTitleDetailsResponse } from '../title/title.response.js';
import type { TitleDetailsResponse } from '../title/title.schema.js';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import { createTitle } from './title-editing.operations.js';
import { toTitleInputMessage } from './title-input.message.js';
import { withBodyPaths } from './title-input-errors.js';

@Controller()
export class TitleEditingController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(createTitle)
  async create(
    @Input(createTitle) { body }: InputOf<typeof createTitle>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TitleDetailsResponse> {
    const created = await withBodyPaths(this.catalog.createTitle({ title: toTitleInputMessage(body) }));
    const title = toTitleDetailsResponse(required(created.title, 'title'));
    reply.header('location', `/v1/titles/${title.id}`);
    return title;
  }
}
