import type { Readable } from 'node:stream';

/** A stored object. */
export interface StoredObject {
  readonly sizeBytes: number;
  /** The `ETag` with its quotes. Not a checksum. */
  readonly entityTag: string;
}

/** A stored part of a multipart upload. */
export interface StoredPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly entityTag: string;
}

/** The part for which a presigned URL is valid. */
export interface PartToSign {
  /** 1 to 10000. */
  readonly partNumber: number;
  /** Included in the signature: object storage rejects any other length. */
  readonly sizeBytes: number;
}

/** The users of a presigned URL. The signature includes the host, so a URL for one audience is invalid for the other. */
export type Audience = 'browser' | 'internal';

export interface GetOptions {
  readonly audience: Audience;
  /** `Content-Type` of the response. Default: the type that the object was stored with. */
  readonly contentType?: string;
  /** `Cache-Control` of the response. */
  readonly cacheControl?: string;
}

/**
 * Stores large objects under immutable keys in one bucket. With presigned URLs, clients without credentials read and write
 * objects directly.
 *
 * While object storage is unavailable, every method that sends a request rejects with CodedError DEPENDENCY_UNAVAILABLE.
 * Presigning sends none. All implementations pass object-store.int.spec.ts.
 */
export abstract class ObjectStore {
  /** Creates the bucket if it does not exist. */
  abstract ensureBucket(): Promise<void>;

  /** Starts a multipart upload. @returns its ID, which the other multipart methods require together with the key */
  abstract startMultipart(key: string, contentType: string): Promise<string>;

  /** Returns the IDs of the open multipart uploads of exactly this key. */
  abstract listMultiparts(key: string): Promise<readonly string[]>;

  /**
   * Creates a URL to PUT one part to, for the browser audience.
   * @param expiresSeconds 1 to 604800
   */
  abstract presignPart(key: string, multipartId: string, part: PartToSign, expiresSeconds: number): Promise<string>;

  /** Returns the stored parts by number, undefined if the upload is completed, aborted, or unknown. */
  abstract listParts(key: string, multipartId: string): Promise<readonly StoredPart[] | undefined>;

  /**
   * Joins the stored parts into the object. Idempotent: returns the object of an upload that is already completed.
   *
   * @throws CodedError UPLOAD_INCOMPLETE if the object does not exist afterwards: no part is stored or the upload is unknown
   */
  abstract completeMultipart(key: string, multipartId: string): Promise<StoredObject>;

  /** Deletes a multipart upload and its parts. Idempotent. */
  abstract abortMultipart(key: string, multipartId: string): Promise<void>;

  /**
   * Creates a URL to GET an object or ranges of it.
   * @param expiresSeconds 1 to 604800
   */
  abstract presignGet(key: string, expiresSeconds: number, options: GetOptions): Promise<string>;

  /**
   * Creates a URL to PUT an object to, for the internal audience.
   * @param expiresSeconds 1 to 604800
   */
  abstract presignPut(key: string, expiresSeconds: number): Promise<string>;

  /** Returns the object of a key, undefined if there is none. */
  abstract head(key: string): Promise<StoredObject | undefined>;

  /** Returns a stream of an object, undefined if there is none. Destroy the stream if you do not read it completely. */
  abstract openRead(key: string): Promise<Readable | undefined>;

  /** Deletes an object. Idempotent. */
  abstract delete(key: string): Promise<void>;
}
