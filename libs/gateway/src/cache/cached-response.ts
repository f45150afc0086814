import { compressBody, MIN_COMPRESSED_BYTES } from '../compression/compress-body.js';
import type { Encoding } from '../compression/select-encoding.js';
import type { CachePolicy } from '../routes/operation.js';
import { toEntityTag } from '../preconditions/entity-tag.js';
import { CONTENT_HEADERS } from '../preconditions/not-modified.js';
import { PreparedHeaders } from '../server/prepared-headers.js';

/** The bytes of a response in one encoding. */
export class EncodedResponse {
  private prepared: PreparedHeaders | undefined;
  private preparedNotModified: PreparedHeaders | undefined;

  /**
   * @param fields the headers of a response with this body
   * @param common headers that are sent with every response
   */
  constructor(
    readonly etag: string,
    readonly body: Buffer,
    readonly fields: Readonly<Record<string, string>>,
    private readonly common: PreparedHeaders,
  ) {}

  /** All headers. Prepared at the first hit, because most responses to rare requests have no hit. */
  get headers(): PreparedHeaders {
    return (this.prepared ??= this.prepare(Object.entries(this.fields)));
  }

  /** The headers of 304 Not Modified. */
  get notModifiedHeaders(): PreparedHeaders {
    return (this.preparedNotModified ??= this.prepare(
      Object.entries(this.fields).filter(([name]) => !CONTENT_HEADERS.includes(name)),
    ));
  }

  private prepare(fields: readonly [string, string][]): PreparedHeaders {
    return new PreparedHeaders([...this.common.list, ...fields.flat()]);
  }
}

/** Approximate memory of an entry in addition to its bodies: headers, key, tags. */
const OVERHEAD_BYTES = 4_096;

/** A successful response to an anonymous request, in each encoding that a client has requested. */
export class CachedResponse {
  /** Counts the body twice, because all of its compressed versions together are smaller than it. */
  readonly sizeBytes: number;
  /** Epoch milliseconds. Later, one request refreshes the response. */
  freshUntil: number;
  /** Epoch milliseconds. Later, the response is not served. */
  readonly staleUntil: number;
  private readonly body: Buffer;
  private readonly responses = new Map<Encoding, EncodedResponse>();
  private readonly pending = new Map<Encoding, Promise<EncodedResponse>>();

  /**
   * @param headers sent with every response
   * @param storedAt epoch milliseconds
   */
  constructor(
    body: Buffer,
    private readonly contentType: string,
    private readonly policy: CachePolicy,
    private readonly headers: PreparedHeaders,
    readonly storedAt: number,
  ) {
    this.body = detach(body);
    this.sizeBytes = 2 * body.length + OVERHEAD_BYTES;
    this.freshUntil = this.storedAt + policy.ttlSeconds * 1_000;
    this.staleUntil = this.freshUntil + policy.staleSeconds * 1_000;
    this.add('identity', this.body);
  }

  /** Returns undefined if no client has requested the encoding before. */
  find(encoding: Encoding): EncodedResponse | undefined {
    return this.responses.get(this.isCompressible ? encoding : 'identity');
  }

  /** Compresses the body once per encoding. Concurrent callers share the result. */
  async get(encoding: Encoding): Promise<EncodedResponse> {
    const found = this.find(encoding) ?? this.pending.get(encoding);
    if (found) return found;
    const compressing = compressBody(this.body, encoding).then((body) => this.add(encoding, detach(body)));
    this.pending.set(encoding, compressing);
    return compressing.finally(() => this.pending.delete(encoding));
  }

  private get isCompressible(): boolean {
    return this.body.length >= MIN_COMPRESSED_BYTES;
  }

  private add(encoding: Encoding, body: Buffer): EncodedResponse {
    const etag = toEntityTag(this.body, encoding);
    const fields = {
      etag,
      ...toCacheControl(this.policy),
      // A response to a request with a token can differ.
      vary: 'Authorization, Cookie, Accept, Accept-Encoding',
      'content-type': this.contentType,
      'content-length': String(body.length),
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
    };
    const response = new EncodedResponse(etag, body, fields, this.headers);
    this.responses.set(encoding, response);
    return response;
  }
}

/**
 * Copies a body into separate memory. Node.js and zlib return small buffers as slices of a larger one: a stored body of
 * 10 kB would keep 64 KiB in memory.
 */
function detach(body: Buffer): Buffer {
  return Buffer.from(new Uint8Array(body).buffer);
}

/**
 * Browsers revalidate each response with its entity tag. Shared caches can serve it for the same times as this one, but
 * they receive no events. Only the field for shared caches allows stale responses: after a stale response, Chromium
 * would send the request a second time.
 * @see RFC 9111 section 5.2.2, RFC 5861, RFC 9213
 */
function toCacheControl({ ttlSeconds, staleSeconds }: CachePolicy): Record<string, string> {
  return {
    'cache-control': `public, max-age=0, s-maxage=${ttlSeconds}`,
    'cdn-cache-control': `max-age=${ttlSeconds}, stale-while-revalidate=${staleSeconds}, stale-if-error=${staleSeconds}`,
  };
}
