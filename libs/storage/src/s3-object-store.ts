import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { CodedError } from '@viernes/contracts';
import { SpanKind, traced } from '@viernes/platform';
import {
  ObjectStore,
  type Audience,
  type GetOptions,
  type PartToSign,
  type StoredObject,
  type StoredPart,
} from './object-store.js';
import { createS3Client, createS3Presigner, type S3Options } from './s3-clients.js';
import { isBucketExisting, isMultipartMissing, isObjectMissing, toCodedError } from './s3-errors.js';

/** Works with any S3 server: AWS, MinIO, SeaweedFS, versitygw. Depends on no behavior in which they differ. */
export class S3ObjectStore extends ObjectStore {
  private readonly client: S3Client;
  private readonly presigners: Readonly<Record<Audience, S3Client>>;
  private readonly bucket: string;

  constructor(options: S3Options) {
    super();
    this.bucket = options.bucket;
    this.client = createS3Client(options);
    this.presigners = {
      internal: createS3Presigner(options, options.endpoint),
      browser: createS3Presigner(options, options.publicEndpoint ?? options.endpoint),
    };
  }

  async ensureBucket(): Promise<void> {
    const Bucket = this.bucket;
    const bucket = await this.request(
      'headBucket',
      () => this.client.send(new HeadBucketCommand({ Bucket })),
      isObjectMissing,
    );
    if (!bucket)
      await this.request('createBucket', () => this.client.send(new CreateBucketCommand({ Bucket })), isBucketExisting);
  }

  async startMultipart(key: string, contentType: string): Promise<string> {
    const command = new CreateMultipartUploadCommand({ ...this.object(key), ContentType: contentType });
    const response = await this.request('startMultipart', () => this.client.send(command));
    return required(response?.UploadId, 'UploadId');
  }

  async listMultiparts(key: string): Promise<readonly string[]> {
    // MinIO matches complete keys only, other servers match prefixes. The filter makes both equal.
    const command = new ListMultipartUploadsCommand({ Bucket: this.bucket, Prefix: key });
    const response = await this.request('listMultiparts', () => this.client.send(command));
    return (response?.Uploads ?? [])
      .filter(({ Key }) => Key === key)
      .map(({ UploadId }) => required(UploadId, 'UploadId'));
  }

  presignPart(key: string, multipartId: string, part: PartToSign, expiresSeconds: number): Promise<string> {
    const command = new UploadPartCommand({
      ...this.object(key),
      UploadId: multipartId,
      PartNumber: part.partNumber,
      ContentLength: part.sizeBytes,
    });
    return getSignedUrl(this.presigners.browser, command, {
      expiresIn: expiresSeconds,
      signableHeaders: new Set(['host', 'content-length']),
    });
  }

  async listParts(key: string, multipartId: string): Promise<readonly StoredPart[] | undefined> {
    const parts: StoredPart[] = [];
    let marker: string | undefined;
    do {
      const command = new ListPartsCommand({ ...this.object(key), UploadId: multipartId, PartNumberMarker: marker });
      const page = await this.request('listParts', () => this.client.send(command), isMultipartMissing);
      if (!page) return undefined;
      for (const { PartNumber, Size, ETag } of page.Parts ?? []) {
        parts.push({
          partNumber: required(PartNumber, 'PartNumber'),
          sizeBytes: required(Size, 'Size'),
          entityTag: required(ETag, 'ETag'),
        });
      }
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (marker !== undefined);
    return parts.sort((a, b) => a.partNumber - b.partNumber);
  }

  async completeMultipart(key: string, multipartId: string): Promise<StoredObject> {
    const parts = await this.listParts(key, multipartId);
    // A concurrent completion can already have removed the parts, so only the object shows whether the upload is complete.
    if (parts && parts.length > 0) {
      // Entity tags only: some servers reject checksums of parts that were uploaded without them.
      const Parts = parts.map(({ partNumber, entityTag }) => ({ PartNumber: partNumber, ETag: entityTag }));
      const command = new CompleteMultipartUploadCommand({
        ...this.object(key),
        UploadId: multipartId,
        MultipartUpload: { Parts },
      });
      await this.request('completeMultipart', () => this.client.send(command), isMultipartMissing);
    }
    const object = await this.head(key);
    if (!object) throw new CodedError('UPLOAD_INCOMPLETE', { parts: parts?.length ?? 'unknown' });
    return object;
  }

  async abortMultipart(key: string, multipartId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.object(key), UploadId: multipartId });
    await this.request('abortMultipart', () => this.client.send(command), isMultipartMissing);
  }

  presignGet(key: string, expiresSeconds: number, options: GetOptions): Promise<string> {
    const command = new GetObjectCommand({
      ...this.object(key),
      ResponseContentType: options.contentType,
      ResponseCacheControl: options.cacheControl,
    });
    return getSignedUrl(this.presigners[options.audience], command, { expiresIn: expiresSeconds });
  }

  presignPut(key: string, expiresSeconds: number): Promise<string> {
    return getSignedUrl(this.presigners.internal, new PutObjectCommand(this.object(key)), {
      expiresIn: expiresSeconds,
    });
  }

  async head(key: string): Promise<StoredObject | undefined> {
    const command = new HeadObjectCommand(this.object(key));
    const response = await this.request('head', () => this.client.send(command), isObjectMissing);
    if (!response) return undefined;
    return { sizeBytes: required(response.ContentLength, 'ContentLength'), entityTag: required(response.ETag, 'ETag') };
  }

  async openRead(key: string): Promise<Readable | undefined> {
    const command = new GetObjectCommand(this.object(key));
    const response = await this.request('openRead', () => this.client.send(command), isObjectMissing);
    if (response && !(response.Body instanceof Readable))
      throw new CodedError('INTERNAL', { store: 'response body is not a stream' });
    return response?.Body as Readable | undefined;
  }

  async delete(key: string): Promise<void> {
    await this.request('delete', () => this.client.send(new DeleteObjectCommand(this.object(key))), isObjectMissing);
  }

  private object(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.bucket, Key: key };
  }

  /** Sends a request. @returns undefined if it fails with an expected error */
  private async request<Response>(
    operation: string,
    send: () => Promise<Response>,
    isExpected: (error: unknown) => boolean = () => false,
  ): Promise<Response | undefined> {
    const describe = () => ({
      name: `S3/${operation}`,
      kind: SpanKind.CLIENT,
      attributes: {
        'rpc.system': 'aws-api',
        'rpc.service': 'S3',
        'rpc.method': operation,
        'aws.s3.bucket': this.bucket,
      },
    });
    try {
      return await traced(describe, send);
    } catch (error) {
      if (isExpected(error)) return undefined;
      throw toCodedError(error, operation);
    }
  }
}

function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new CodedError('INTERNAL', { store: `response has no ${name}` });
  return value;
}
