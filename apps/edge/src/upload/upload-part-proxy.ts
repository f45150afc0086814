import { PassThrough } from 'node:stream';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { ConcurrencyLimiter } from '@viernes/gateway';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Agent, request as sendUpstream } from 'undici';

/** Presigned URL of a part, and its exact size. */
export interface PartLocation {
  readonly url: string;
  readonly sizeBytes: number;
}

/** A page sends four parts concurrently. After a reload, its old requests can still be in flight. */
const LIMITS = { perKey: 8, total: 128 };

/** Object storage does not limit how long a request takes. These timeouts and the idle timeout of connections do. */
const PART_TIMEOUT_MS = 60 * 60_000;
const RESPONSE_TIMEOUT_MS = 30_000;

/** Streams upload parts to object storage for clients that cannot reach it. Never buffers a complete part. */
@Injectable()
export class UploadPartProxy implements OnApplicationShutdown {
  private readonly agent = new Agent({ connections: LIMITS.total, headersTimeout: 0, bodyTimeout: 30_000 });
  private readonly limiter = new ConcurrencyLimiter('upload parts', LIMITS);

  /**
   * Forwards the body of the request. If the client disconnects, the upstream request is aborted.
   *
   * @param uploadId key of the concurrency limit
   * @throws CodedError REQUEST_INVALID if the length is not that of the part; UPLOAD_CLOSED, DEPENDENCY_UNAVAILABLE,
   *   RATE_LIMITED, OVERLOADED; never the response body of object storage
   */
  async forward(uploadId: string, part: PartLocation, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.limiter.acquireFor(uploadId, reply.raw);
    // Object storage verifies the signed length too, but only after the body was sent.
    if (request.headers['content-length'] !== String(part.sizeBytes)) {
      const values = { size: part.sizeBytes };
      const fieldErrors = [{ path: 'content-length', reason: 'partSize', values }] as const;
      throw new CodedError('REQUEST_INVALID', {}, { fieldErrors });
    }
    const upstreamStatus = await this.send(part, request, reply);
    if (upstreamStatus < 300) return;
    // The upload was completed or aborted while this part was in flight.
    if (upstreamStatus === 404) throw new CodedError('UPLOAD_CLOSED', { uploadId });
    throw new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'object storage', upstreamStatus });
  }

  /** @returns the status of object storage */
  private async send({ url, sizeBytes }: PartLocation, request: FastifyRequest, reply: FastifyReply): Promise<number> {
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    const timers = [setTimeout(abort, PART_TIMEOUT_MS)];
    reply.raw.once('close', abort);
    // undici destroys its body after an early response. Piping keeps the request open for the error response.
    const body = request.raw.pipe(new PassThrough());
    // The failed request below reports the error.
    body.on('error', () => undefined);
    body.once('end', () => timers.push(setTimeout(abort, RESPONSE_TIMEOUT_MS)));
    try {
      const response = await sendUpstream(url, {
        method: 'PUT',
        dispatcher: this.agent,
        headers: { 'content-length': String(sizeBytes) },
        body,
        signal: controller.signal,
      });
      await response.body.dump();
      return response.statusCode;
    } catch (error) {
      if (request.raw.complete)
        throw new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'object storage' }, { cause: error });
      throw this.toPartialBodyError(request, error);
    } finally {
      timers.forEach(clearTimeout);
      request.raw.unpipe(body);
      reply.raw.off('close', abort);
    }
  }

  /** Returns a client error if the client has disconnected, so that it is not logged as an error of object storage. */
  private toPartialBodyError(request: FastifyRequest, cause: unknown): CodedError {
    if (!request.raw.destroyed)
      return new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'object storage' }, { cause });
    return new CodedError('REQUEST_INVALID', {}, { cause, fieldErrors: [{ path: 'body', reason: 'incomplete' }] });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.agent.destroy();
  }
}
