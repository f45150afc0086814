import { Controller, Inject, Res } from '@nestjs/common';
import { Handles, Input, type AnswerOf, type InputOf } from '@viernes/gateway';
import { requireEditor } from '@viernes/platform';
import type { FastifyReply } from 'fastify';
import { assetAnswer } from '../asset/asset.answer.js';
import type { AssetAnswer } from '../asset/asset.operations.js';
import { present } from '../upstream/present.js';
import { CATALOG, VIDEO, type CatalogClient, type VideoClient } from '../upstream/upstream.js';
import { uploadAnswer } from './upload.answer.js';
import {
  abortUpload,
  completeUpload,
  getUpload,
  presignUploadParts,
  startUpload,
  type UploadAnswer,
} from './upload.operations.js';

@Controller()
export class UploadController {
  constructor(
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(VIDEO) private readonly video: VideoClient,
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
    return { parts, expiresAt: present(expiresAt, 'expires_at') };
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
