import type { Readable } from 'node:stream';

/** What the store holds under one key. */
export interface StoredObject {
  readonly sizeBytes: number;
  /** The store's own name for these bytes (`ETag`), quotes included. Not a checksum. */
  readonly entityTag: string;
}

/** One part that has arrived. */
export interface StoredPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly entityTag: string;
}

/** The one part that an address is good for. */
export interface PartToSign {
  /** 1 to 10000. */
  readonly partNumber: number;
  /** Signed along: the store refuses any other length. */
  readonly sizeBytes: number;
}

/** Who will use a signed address. The host is part of a signature, so an address for one is of no use to the other. */
export type Audience = 'browser' | 'internal';

export interface GetOptions {
  readonly audience: Audience;
  /** `Content-Type` of the answer; absent: what the object was stored with. */
  readonly contentType?: string;
  /** `Cache-Control` of the answer. */
  readonly cacheControl?: string;
}

/**
 * Where bytes live: large objects under immutable keys, in one bucket. Signed addresses let others read and write them
 * without passing through us and without credentials.
 *
 * Every method that talks to the store rejects with CodedError DEPENDENCY_UNAVAILABLE while the store is away; signing
 * needs no store. All implementations pass object-store.int.spec.ts.
 */
export abstract class ObjectStore {
  /** Makes the bucket where it is absent. */
  abstract ensureBucket(): Promise<void>;

  /** Opens an upload in parts. @returns its id, which the other multipart methods take with the same key */
  abstract startMultipart(key: string, contentType: string): Promise<string>;

  /** The ids of the uploads in parts that are open under exactly this key. */
  abstract listMultiparts(key: string): Promise<readonly string[]>;

  /**
   * An address to PUT one part to, for the browser audience.
   * @param expiresSeconds 1 to 604800
   */
  abstract presignPart(key: string, multipartId: string, part: PartToSign, expiresSeconds: number): Promise<string>;

  /** All parts that have arrived, by number; undefined where the upload was completed, aborted or never was. */
  abstract listParts(key: string, multipartId: string): Promise<readonly StoredPart[] | undefined>;

  /**
   * Joins the parts that have arrived into the object. Repeatable: an upload that was completed before is answered from
   * the object itself.
   *
   * @throws CodedError UPLOAD_INCOMPLETE where there is nothing to join: no part, or neither upload nor object
   */
  abstract completeMultipart(key: string, multipartId: string): Promise<StoredObject>;

  /** Drops an upload in parts and its bytes. Repeatable. */
  abstract abortMultipart(key: string, multipartId: string): Promise<void>;

  /**
   * An address to GET an object from, ranges included.
   * @param expiresSeconds 1 to 604800
   */
  abstract presignGet(key: string, expiresSeconds: number, options: GetOptions): Promise<string>;

  /**
   * An address to PUT an object to, for the internal audience.
   * @param expiresSeconds 1 to 604800
   */
  abstract presignPut(key: string, expiresSeconds: number): Promise<string>;

  /** The object under a key, or undefined where there is none. */
  abstract head(key: string): Promise<StoredObject | undefined>;

  /** The object's bytes from the first to the last, or undefined where there is none. Destroy a stream that is not read to its end. */
  abstract openRead(key: string): Promise<Readable | undefined>;

  /** Repeatable. */
  abstract delete(key: string): Promise<void>;
}
