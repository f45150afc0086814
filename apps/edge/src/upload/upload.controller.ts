import { Controller, Inject, Req, Res } from '@nestjs/common';
import { Handles, Input, type AnswerOf, type InputOf } from '@viernes/gateway';
import { requireEditor } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assetAnswer } from '../asset/asset.answer.js';
import type { AssetAnswer } from '../asset/asset.operations.js';
import { present } from '../upstream/present.js';
import { CATALOG, VIDEO, type CatalogClient, type VideoClient } from '../upstream/upstream.js';
import { PartRelay } from './part-relay.js';
import { uploadAnswer } from './upload.answer.js';
import {
  abortUpload,
  completeUpload,
  getUpload,
  listUploads,
  presignUploadParts,
  putUploadPart,
  startUpload,
  type UploadAnswer,
} from './upload.operations.js';

@Controller()
export class UploadController {
  constructor(
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(VIDEO) private readonly video: VideoClient,
    private readonly parts: PartRelay,
  ) {}

  /** Only catalog knows titles, only video takes uploads: the edge asks one before the other. */
  @Handles(startUpload)
  async start(
    @Input(startUpload) { body }: InputOf<typeof startUpload>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadAnswer> {
    // Video decides; asked here too, so that a viewer is told FORBIDDEN and not whether the title exists.
    requireEditor();
    await this.catalog.getTitle({ titleId: body.titleId });
    const started = await this.video.startUpload({ ...body, sha256: body.sha256.toLowerCase() });
    const upload = uploadAnswer(present(started.upload, 'upload'));
    reply.header('location', `/v1/uploads/${upload.id}`);
    return upload;
  }

  @Handles(listUploads)
  async list(@Input(listUploads) { query }: InputOf<typeof listUploads>): Promise<AnswerOf<typeof listUploads>> {
    const { uploads } = await this.video.listUploads(query);
    return { uploads: uploads.map(uploadAnswer) };
  }

  @Handles(getUpload)
  async get(@Input(getUpload) { params }: InputOf<typeof getUpload>): Promise<UploadAnswer> {
    const { upload } = await this.video.getUpload({ uploadId: params.id });
    return uploadAnswer(present(upload, 'upload'));
  }

  @Handles(presignUploadParts)
  async presign(
    @Input(presignUploadParts) { params, body }: InputOf<typeof presignUploadParts>,
  ): Promise<AnswerOf<typeof presignUploadParts>> {
    const { parts, expiresAt } = await this.video.presignUploadParts({ uploadId: params.id, ...body });
    const addressed = parts.map(({ partNumber, url, sizeBytes, token }) => ({
      partNumber,
      // Only video knows whether clients reach the store; a part that it gives no address for comes through here.
      url: url || `/v1/uploads/${params.id}/parts/${partNumber}?token=${encodeURIComponent(token)}`,
      sizeBytes,
    }));
    return { parts: addressed, expiresAt: present(expiresAt, 'expires_at') };
  }

  @Handles(putUploadPart)
  async putPart(
    @Input(putUploadPart) { params, query }: InputOf<typeof putUploadPart>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { id: uploadId, partNumber } = params;
    const location = await this.video.getPartLocation({ uploadId, partNumber, token: query.token });
    await this.parts.relay(uploadId, location, request, reply);
  }

  @Handles(completeUpload)
  async complete(@Input(completeUpload) { params }: InputOf<typeof completeUpload>): Promise<AssetAnswer> {
    const { asset } = await this.video.completeUpload({ uploadId: params.id });
    return assetAnswer(present(asset, 'asset'));
  }

  @Handles(abortUpload)
  async abort(@Input(abortUpload) { params }: InputOf<typeof abortUpload>): Promise<void> {
    await this.video.abortUpload({ uploadId: params.id });
  }
}
