import { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { ConcurrencyLimiter } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Agent, request as fetchUpstream, type Dispatcher } from 'undici';

/** Forwarded request headers. Cookies and tokens are not sent to object storage. */
const REQUEST_HEADERS = ['range', 'if-range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

const RESPONSE_HEADERS = ['accept-ranges', 'content-length', 'content-range', 'content-type', 'etag', 'last-modified'];

/** Statuses that are forwarded (RFC 9110 sections 13 and 14). */
const FORWARDED_STATUSES = [200, 206, 304, 412, 416];

/**
 * A player reads two or three renditions concurrently, and a browser opens at most six connections. The limit per session
 * prevents one client from using all connections to object storage.
 */
const LIMITS = { perKey: 12, total: 512 };

/** Streams the objects of presigned URLs to clients that cannot reach object storage. */
@Injectable()
export class MediaProxy implements OnApplicationShutdown {
  private readonly agent = new Agent({ connections: LIMITS.total, headersTimeout: 10_000, bodyTimeout: 30_000 });
  private readonly limiter = new ConcurrencyLimiter('media', LIMITS);

  /**
   * Responds with the status, the bytes and their headers from object storage. The Host header is that of the presigned
   * URL, because the signature includes it.
   *
   * @param playbackId key of the concurrency limit
   * @throws CodedError RENDITION_NOT_FOUND, DEPENDENCY_UNAVAILABLE, RATE_LIMITED, OVERLOADED; never the response body of
   *   object storage
   */
  async forward(playbackId: string, url: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.limiter.acquireFor(playbackId, reply.raw);
    const controller = new AbortController();
    reply.raw.once('close', () => controller.abort());
    const response = await this.fetch(url, request, controller.signal);
    if (!FORWARDED_STATUSES.includes(response.statusCode)) {
      await response.body.dump();
      const code = response.statusCode === 404 ? 'RENDITION_NOT_FOUND' : 'DEPENDENCY_UNAVAILABLE';
      throw new CodedError(code, { dependency: 'object storage', upstreamStatus: response.statusCode });
    }
    for (const name of RESPONSE_HEADERS) {
      const value = response.headers[name];
      // Object storage describes an invalid range in XML. Its status and Content-Range are sufficient.
      if (value !== undefined && (response.statusCode < 400 || name === 'content-range')) reply.header(name, value);
    }
    // The bytes of a rendition never change. Errors keep the default policy, no-store.
    if (response.statusCode < 400) reply.header('cache-control', 'private, max-age=31536000, immutable');
    reply.code(response.statusCode);
    if (response.statusCode < 300 && request.method === 'GET') return void (await reply.send(response.body));
    // Discards the rest of the body. undici reports that as an error.
    response.body.on('error', () => undefined).destroy();
    // An empty stream for HEAD. Without a body, Fastify would send a content-length of 0.
    await reply.send(response.statusCode < 300 ? Readable.from([]) : undefined);
  }

  private async fetch(url: string, request: FastifyRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const headers = Object.fromEntries(
      REQUEST_HEADERS.flatMap((name) => {
        const value = request.headers[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
    try {
      return await fetchUpstream(url, { dispatcher: this.agent, headers, signal });
    } catch (error) {
      throw new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'object storage' }, { cause: error });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}
