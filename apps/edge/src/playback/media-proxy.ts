import { Readable } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { ConcurrencyLimiter } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Agent, request as fetchUpstream, type Dispatcher } from 'undici';

/** What of a request concerns the bytes. Cookies and tokens of ours are none of the store's business. */
const REQUEST_HEADERS = ['range', 'if-range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'];

const ANSWER_HEADERS = ['accept-ranges', 'content-length', 'content-range', 'content-type', 'etag', 'last-modified'];

/** Answers of the store that a player understands (RFC 9110 sections 13 and 14). */
const PASSED_ON = [200, 206, 304, 412, 416];

/**
 * A player reads two or three renditions at a time, and a browser opens no more than six connections. What is over that
 * is somebody who keeps connections to the store from others.
 */
const RELAYS = { perKey: 12, total: 512 };

/** Streams signed addresses of the store through to clients that cannot reach it themselves. */
@Injectable()
export class MediaProxy implements OnApplicationShutdown {
  private readonly agent = new Agent({ connections: RELAYS.total, headersTimeout: 10_000, bodyTimeout: 30_000 });
  private readonly relays = new ConcurrencyLimiter('media', RELAYS);

  /**
   * Answers with the store's status, bytes and the headers that describe them. The Host is the signed address's own: it is
   * part of the signature.
   *
   * @param playbackId whose player reads
   * @throws CodedError RENDITION_NOT_FOUND, DEPENDENCY_UNAVAILABLE, RATE_LIMITED, OVERLOADED; never the store's own words
   */
  async relay(playbackId: string, url: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.relays.acquireFor(playbackId, reply.raw);
    const reader = new AbortController();
    const end = (): void => reader.abort();
    reply.raw.once('close', end);
    const answer = await this.fetch(url, request, reader.signal);
    if (!PASSED_ON.includes(answer.statusCode)) {
      await answer.body.dump();
      const code = answer.statusCode === 404 ? 'RENDITION_NOT_FOUND' : 'DEPENDENCY_UNAVAILABLE';
      throw new CodedError(code, { storeStatus: answer.statusCode });
    }
    for (const name of ANSWER_HEADERS) {
      const value = answer.headers[name];
      // The store explains a refused range in XML; its status and Content-Range say it all.
      if (value !== undefined && (answer.statusCode < 400 || name === 'content-range')) reply.header(name, value);
    }
    // The bytes of a rendition never change; without the header set here the policy for answers, no-store, stands.
    if (answer.statusCode < 400) reply.header('cache-control', 'private, max-age=31536000, immutable');
    reply.code(answer.statusCode);
    if (answer.statusCode < 300 && request.method === 'GET') return void (await reply.send(answer.body));
    // What is left of it is not wanted; undici calls that an abort.
    answer.body.on('error', () => undefined).destroy();
    // An empty stream, for HEAD: with no body at all Fastify would say that the length is 0.
    await reply.send(answer.statusCode < 300 ? Readable.from([]) : undefined);
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
      throw new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'store' }, { cause: error });
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}
