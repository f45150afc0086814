import { Controller, Inject, Req, Res } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Handles, Input, listFieldErrors, matchesIfMatch, type InputOf, type ResponseOf } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toChangePageResponse } from '../change/change.response.js';
import { withBodyPaths } from '../request/body-paths.js';
import { applyMergePatch } from '../request/merge-patch.js';
import { toTitleDetailsResponse } from '../title/title.response.js';
import { titleDetails, titleInput, type TitleDetailsResponse, type TitleInput } from '../title/title.schema.js';
import { required } from '../upstream/required.js';
import { CATALOG, type CatalogClient } from '../upstream/upstream.js';
import {
  createTitle,
  deleteTitle,
  listTitleChanges,
  patchTitle,
  replaceTitle,
  restoreTitle,
} from './title-editing.operations.js';
import { toWritableTitle } from './title-editing.response.js';
import { toTitleInputMessage } from './title-input.message.js';

@Controller()
export class TitleEditingController {
  constructor(@Inject(CATALOG) private readonly catalog: CatalogClient) {}

  @Handles(createTitle)
  async create(
    @Input(createTitle) { body }: InputOf<typeof createTitle>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TitleDetailsResponse> {
    const created = await withBodyPaths('title', this.catalog.createTitle({ title: toTitleInputMessage(body) }));
    const title = toTitleDetailsResponse(required(created.title, 'title'));
    reply.header('location', `/v1/titles/${title.id}`);
    return title;
  }

  @Handles(replaceTitle)
  async replace(
    @Input(replaceTitle) { params, body }: InputOf<typeof replaceTitle>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TitleDetailsResponse> {
    return this.save(await this.getMatching(params.id, request), body, reply);
  }

  @Handles(patchTitle)
  async patch(
    @Input(patchTitle) { params, body }: InputOf<typeof patchTitle>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TitleDetailsResponse> {
    const current = await this.getMatching(params.id, request);
    const { data, error } = titleInput.safeParse(applyMergePatch(toWritableTitle(current), body));
    if (error) throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: listFieldErrors(error, 'body') });
    return this.save(current, data, reply);
  }

  @Handles(deleteTitle)
  async delete(
    @Input(deleteTitle) { params }: InputOf<typeof deleteTitle>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { id: titleId, revision } = await this.getMatching(params.id, request);
    await this.catalog.deleteTitle({ titleId, revision });
  }

  @Handles(restoreTitle)
  async restore(
    @Input(restoreTitle) { params }: InputOf<typeof restoreTitle>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TitleDetailsResponse> {
    const { title } = await this.catalog.restoreTitle({ titleId: params.id });
    reply.header('content-location', `/v1/titles/${params.id}`);
    return toTitleDetailsResponse(required(title, 'title'));
  }

  @Handles(listTitleChanges)
  async listChanges(
    @Input(listTitleChanges) { params, query }: InputOf<typeof listTitleChanges>,
  ): Promise<ResponseOf<typeof listTitleChanges>> {
    const request = { titleId: params.id, pageSize: 0, cursor: '', ...query };
    return toChangePageResponse(await this.catalog.listTitleChanges(request));
  }

  /**
   * Returns the current title if `If-Match` matches it. The catalog rejects a change of a title whose revision has changed
   * since.
   *
   * @throws CodedError TITLE_NOT_FOUND, TITLE_CHANGED
   */
  private async getMatching(titleId: string, { headers }: FastifyRequest): Promise<TitleDetailsResponse> {
    const { title } = await this.catalog.getTitle({ titleId });
    const current = toTitleDetailsResponse(required(title, 'title'));
    if (!matchesIfMatch(headers['if-match'], current, titleDetails)) throw new CodedError('TITLE_CHANGED', { titleId });
    return current;
  }

  private async save(
    { id: titleId, revision }: TitleDetailsResponse,
    input: TitleInput,
    reply: FastifyReply,
  ): Promise<TitleDetailsResponse> {
    const request = { titleId, revision, title: toTitleInputMessage(input) };
    const { title } = await withBodyPaths('title', this.catalog.replaceTitle(request));
    // States that the body, and its entity tag, are those of a GET (RFC 9110 section 8.7).
    reply.header('content-location', `/v1/titles/${titleId}`);
    return toTitleDetailsResponse(required(title, 'title'));
  }
}
