import { PassThrough } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { ConcurrencyLimiter } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Agent, request as sendUpstream } from 'undici';

/** Where one part goes, and its size: no more and no fewer bytes are taken. */
export interface PartLocation {
  readonly url: string;
  readonly sizeBytes: number;
}

/** A page sends four parts at a time; the rest is room for a reload in the middle, whose old requests linger. */
const RELAYS = { perKey: 8, total: 128 };

/**
 * Between two bytes of a slow client there is no bound of the store's side: the connection's own (nothing moves for three
 * minutes) and these two are what end a relay.
 */
const WHOLE_PART_MS = 60 * 60_000;
const ANSWER_AFTER_LAST_BYTE_MS = 30_000;

/** Streams parts of uploads through to a store that clients cannot reach themselves. No part is ever held in memory. */
@Injectable()
export class UploadPartProxy implements OnApplicationShutdown {
  private readonly agent = new Agent({ connections: RELAYS.total, headersTimeout: 0, bodyTimeout: 30_000 });
  private readonly relays = new ConcurrencyLimiter('upload parts', RELAYS);

  /**
   * Sends the request's body on. A client that goes away ends the store's request too: half a part is none.
   *
   * @param uploadId whose part it is: each has a few places
   * @throws CodedError REQUEST_INVALID for another length than the part's, UPLOAD_CLOSED, DEPENDENCY_UNAVAILABLE,
   *   RATE_LIMITED, OVERLOADED; never the store's own words
   */
  async relay(uploadId: string, part: PartLocation, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.relays.acquireFor(uploadId, reply.raw);
    // Checked here, although the store would too: the length is signed, and what is declared is what is forwarded.
    if (request.headers['content-length'] !== String(part.sizeBytes)) {
      const fieldErrors = [{ path: 'content-length', message: `must be ${part.sizeBytes}, the size of this part` }];
      throw new CodedError('REQUEST_INVALID', {}, { fieldErrors });
    }
    const storeStatus = await this.send(part, request, reply);
    if (storeStatus < 300) return;
    // The store knows no such upload any more: it was completed or aborted while this part was on its way.
    if (storeStatus === 404) throw new CodedError('UPLOAD_CLOSED', { uploadId });
    throw new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'store', storeStatus });
  }

  /** @returns the store's status */
  private async send({ url, sizeBytes }: PartLocation, request: FastifyRequest, reply: FastifyReply): Promise<number> {
    const ending = new AbortController();
    const end = (): void => ending.abort();
    const timers = [setTimeout(end, WHOLE_PART_MS)];
    reply.raw.once('close', end);
    // Handed over itself, the request would be destroyed when the store answers early; then nobody hears why.
    const body = request.raw.pipe(new PassThrough());
    // Told below, by the answer that did not come.
    body.on('error', () => undefined);
    body.once('end', () => timers.push(setTimeout(end, ANSWER_AFTER_LAST_BYTE_MS)));
    try {
      const answer = await sendUpstream(url, {
        method: 'PUT',
        dispatcher: this.agent,
        headers: { 'content-length': String(sizeBytes) },
        body,
        signal: ending.signal,
      });
      await answer.body.dump();
      return answer.statusCode;
    } catch (error) {
      if (request.raw.complete)
        throw new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'store' }, { cause: error });
      throw this.halfwayError(request, error);
    } finally {
      timers.forEach(clearTimeout);
      request.raw.unpipe(body);
      reply.raw.off('close', end);
    }
  }

  /** The client that went away reads no answer, but the log should not blame the store for it. */
  private halfwayError(request: FastifyRequest, cause: unknown): CodedError {
    if (!request.raw.destroyed) return new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'store' }, { cause });
    return new CodedError('REQUEST_INVALID', {}, { cause, fieldErrors: [{ path: 'body', message: 'was cut off' }] });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}
