import { Controller, Inject, Req, Res } from '@nestjs/common';
import { catalogV1, CodedError } from '@viernes/contracts';
import { Handles, Input, type ResponseOf, type InputOf } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toAssetResponse } from '../asset/asset.response.js';
import type { AssetResponse } from '../asset/asset.operations.js';
import { required } from '../upstream/required.js';
import { CATALOG, VIDEO, type CatalogClient, type VideoClient } from '../upstream/upstream.js';
import { UploadPartProxy } from './upload-part-proxy.js';
import { toUploadResponse } from './upload.response.js';
import {
  abortUpload,
  completeUpload,
  getUpload,
  listUploads,
  presignUploadParts,
  putUploadPart,
  startUpload,
  type UploadResponse,
} from './upload.operations.js';

@Controller()
export class UploadController {
  constructor(
    @Inject(CATALOG) private readonly catalog: CatalogClient,
    @Inject(VIDEO) private readonly video: VideoClient,
    private readonly parts: UploadPartProxy,
  ) {}

  /** Checks in the catalog that the film or the episode exists before the video service starts the upload. */
  @Handles(startUpload)
  async start(
    @Input(startUpload) { body }: InputOf<typeof startUpload>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadResponse> {
    await this.requireFilmOrEpisode(body.titleId);
    const started = await this.video.startUpload({ ...body, sha256: body.sha256.toLowerCase() });
    const upload = toUploadResponse(required(started.upload, 'upload'));
    reply.header('location', `/v1/uploads/${upload.id}`);
    return upload;
  }

  /** @throws CodedError TITLE_NOT_FOUND, TITLE_HAS_EPISODES */
  private async requireFilmOrEpisode(titleId: string): Promise<void> {
    const { episodes } = await this.catalog.batchGetEpisodes({ episodeIds: [titleId] });
    if (episodes.length > 0) return;
    const { title } = await this.catalog.getTitle({ titleId });
    if (title?.kind === catalogV1.TitleKind.TITLE_KIND_SERIES) throw new CodedError('TITLE_HAS_EPISODES', { titleId });
  }

  @Handles(listUploads)
  async list(@Input(listUploads) { query }: InputOf<typeof listUploads>): Promise<ResponseOf<typeof listUploads>> {
    const { uploads } = await this.video.listUploads(query);
    return { uploads: uploads.map(toUploadResponse) };
  }

  @Handles(getUpload)
  async get(@Input(getUpload) { params }: InputOf<typeof getUpload>): Promise<UploadResponse> {
    const { upload } = await this.video.getUpload({ uploadId: params.id });
    return toUploadResponse(required(upload, 'upload'));
  }

  @Handles(presignUploadParts)
  async presign(
    @Input(presignUploadParts) { params, body }: InputOf<typeof presignUploadParts>,
  ): Promise<ResponseOf<typeof presignUploadParts>> {
    const { parts, expiresAt } = await this.video.presignUploadParts({ uploadId: params.id, ...body });
    const withUrls = parts.map(({ partNumber, url, sizeBytes, token }) => ({
      partNumber,
      // The video service returns no URL if clients cannot reach object storage. Then the edge forwards the part.
      url: url || `/v1/uploads/${params.id}/parts/${partNumber}?token=${encodeURIComponent(token)}`,
      sizeBytes,
    }));
    return { parts: withUrls, expiresAt: required(expiresAt, 'expires_at') };
  }

  @Handles(putUploadPart)
  async putPart(
    @Input(putUploadPart) { params, query }: InputOf<typeof putUploadPart>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { id: uploadId, partNumber } = params;
    const location = await this.video.getPartLocation({ uploadId, partNumber, token: query.token });
    await this.parts.forward(uploadId, location, request, reply);
  }

  @Handles(completeUpload)
  async complete(@Input(completeUpload) { params }: InputOf<typeof completeUpload>): Promise<AssetResponse> {
    const { asset } = await this.video.completeUpload({ uploadId: params.id });
    return toAssetResponse(required(asset, 'asset'));
  }

  @Handles(abortUpload)
  async abort(@Input(abortUpload) { params }: InputOf<typeof abortUpload>): Promise<void> {
    await this.video.abortUpload({ uploadId: params.id });
  }
}
