import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { Access, parseRequest, requireCaller } from '@viernes/platform';
import { AssetViewRepository } from '../asset/asset-view.repository.js';
import { toAssetMessage } from '../asset/asset-view.js';
import { AbortUpload } from './abort-upload.service.js';
import { CompleteUpload } from './complete-upload.service.js';
import { ListUploads } from './list-uploads.service.js';
import { PresignUploadParts } from './presign-upload-parts.service.js';
import { ReadUpload } from './read-upload.service.js';
import { StartUpload } from './start-upload.service.js';
import { toUploadMessage } from './upload-message.js';
import { PartRequest, PresignRequest, StartRequest, TitleRequest, UploadRequest } from './upload.requests.js';

/** An upload is its account's alone: to others it does not exist. A part may be sent by whoever has its token. */
@Controller()
export class UploadController {
  constructor(
    private readonly startUpload: StartUpload,
    private readonly presignUploadParts: PresignUploadParts,
    private readonly readUpload: ReadUpload,
    private readonly listUploads: ListUploads,
    private readonly completeUpload: CompleteUpload,
    private readonly abortUpload: AbortUpload,
    private readonly assetViews: AssetViewRepository,
    private readonly transactions: Transactions,
  ) {}

  @GrpcMethod('VideoService', 'startUpload')
  @Access('editor')
  async start(request: videoV1.StartUploadRequest): Promise<videoV1.StartUploadResponse> {
    const { accountId } = requireCaller();
    const upload = await this.startUpload.run({ ...parseRequest(StartRequest, request), accountId });
    return { upload: toUploadMessage(upload, []) };
  }

  @GrpcMethod('VideoService', 'presignUploadParts')
  @Access('account')
  async presign(request: videoV1.PresignUploadPartsRequest): Promise<videoV1.PresignUploadPartsResponse> {
    const { accountId } = requireCaller();
    const { uploadId, partNumbers } = parseRequest(PresignRequest, request);
    return this.presignUploadParts.run(accountId, uploadId, partNumbers);
  }

  @GrpcMethod('VideoService', 'getUpload')
  @Access('account')
  async get(request: videoV1.GetUploadRequest): Promise<videoV1.GetUploadResponse> {
    const { accountId } = requireCaller();
    const { upload, uploadedParts } = await this.readUpload.run(
      accountId,
      parseRequest(UploadRequest, request).uploadId,
    );
    return { upload: toUploadMessage(upload, uploadedParts) };
  }

  @GrpcMethod('VideoService', 'listUploads')
  @Access('account')
  async list(request: videoV1.ListUploadsRequest): Promise<videoV1.ListUploadsResponse> {
    const { accountId } = requireCaller();
    const uploads = await this.listUploads.run(accountId, parseRequest(TitleRequest, request).titleId);
    return { uploads: uploads.map(({ upload, uploadedParts }) => toUploadMessage(upload, uploadedParts)) };
  }

  @GrpcMethod('VideoService', 'getPartLocation')
  @Access('public')
  async partLocation(request: videoV1.GetPartLocationRequest): Promise<videoV1.GetPartLocationResponse> {
    const { token, ...part } = parseRequest(PartRequest, request);
    return this.presignUploadParts.location(part, token);
  }

  @GrpcMethod('VideoService', 'completeUpload')
  @Access('account')
  async complete(request: videoV1.CompleteUploadRequest): Promise<videoV1.CompleteUploadResponse> {
    const { accountId } = requireCaller();
    const assetId = await this.completeUpload.run(accountId, parseRequest(UploadRequest, request).uploadId);
    const view = await this.transactions.run((tx) => this.assetViews.get(tx, assetId));
    return { asset: toAssetMessage(view) };
  }

  @GrpcMethod('VideoService', 'abortUpload')
  @Access('account')
  async abort(request: videoV1.AbortUploadRequest): Promise<videoV1.AbortUploadResponse> {
    const { accountId } = requireCaller();
    await this.abortUpload.run(accountId, parseRequest(UploadRequest, request).uploadId);
    return {};
  }
}
