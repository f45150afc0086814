import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { videoV1 } from '@viernes/contracts';
import { Idempotent, Transactions } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { AssetViewRepository } from '../asset-view/asset-view.repository.js';
import { toAssetMessage } from '../asset-view/asset.message.js';
import { AbortUpload } from './abort-upload.service.js';
import { CompleteUpload } from './complete-upload.service.js';
import { GetPartLocation } from './get-part-location.service.js';
import { GetUpload } from './get-upload.service.js';
import { ListUploads } from './list-uploads.service.js';
import { PresignUploadParts } from './presign-upload-parts.service.js';
import { StartUpload } from './start-upload.service.js';
import { toUploadMessage } from './upload.message.js';
import {
  GetPartLocationRequest,
  ListUploadsRequest,
  PresignUploadPartsRequest,
  StartUploadRequest,
  UploadRequest,
} from './upload.requests.js';

/** An account finds only its own uploads. */
@Controller()
@Access('account')
export class UploadController {
  constructor(
    private readonly start: StartUpload,
    private readonly presignParts: PresignUploadParts,
    private readonly getLocation: GetPartLocation,
    private readonly get: GetUpload,
    private readonly list: ListUploads,
    private readonly complete: CompleteUpload,
    private readonly abort: AbortUpload,
    private readonly assetViews: AssetViewRepository,
    private readonly transactions: Transactions,
  ) {}

  @GrpcMethod('VideoService', 'startUpload')
  @Access('editor')
  @Idempotent(videoV1.VideoServiceService.startUpload)
  async startUpload(
    @Payload({ schema: StartUploadRequest }) request: StartUploadRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<videoV1.StartUploadResponse> {
    const upload = await this.start.run({ ...request, accountId });
    return { upload: toUploadMessage({ upload, uploadedParts: [] }) };
  }

  @GrpcMethod('VideoService', 'presignUploadParts')
  async presignUploadParts(
    @Payload({ schema: PresignUploadPartsRequest }) { uploadId, partNumbers }: PresignUploadPartsRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<videoV1.PresignUploadPartsResponse> {
    return this.presignParts.run(accountId, uploadId, partNumbers);
  }

  @GrpcMethod('VideoService', 'getUpload')
  async getUpload(
    @Payload({ schema: UploadRequest }) { uploadId }: UploadRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<videoV1.GetUploadResponse> {
    return { upload: toUploadMessage(await this.get.run(accountId, uploadId)) };
  }

  @GrpcMethod('VideoService', 'listUploads')
  async listUploads(
    @Payload({ schema: ListUploadsRequest }) { titleId }: ListUploadsRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<videoV1.ListUploadsResponse> {
    return { uploads: (await this.list.run(accountId, titleId)).map(toUploadMessage) };
  }

  /** Public, because the token authorizes the call. */
  @GrpcMethod('VideoService', 'getPartLocation')
  @Access('public')
  async getPartLocation(
    @Payload({ schema: GetPartLocationRequest }) { token, ...part }: GetPartLocationRequest,
  ): Promise<videoV1.GetPartLocationResponse> {
    return this.getLocation.run(part, token);
  }

  @GrpcMethod('VideoService', 'completeUpload')
  async completeUpload(
    @Payload({ schema: UploadRequest }) { uploadId }: UploadRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<videoV1.CompleteUploadResponse> {
    const assetId = await this.complete.run(accountId, uploadId);
    const asset = await this.transactions.run((tx) => this.assetViews.get(tx, assetId));
    return { asset: toAssetMessage(asset) };
  }

  @GrpcMethod('VideoService', 'abortUpload')
  async abortUpload(
    @Payload({ schema: UploadRequest }) { uploadId }: UploadRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<videoV1.AbortUploadResponse> {
    await this.abort.run(accountId, uploadId);
    return {};
  }
}
