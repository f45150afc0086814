import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import { deprecationHeaders } from '../versions/deprecation-headers.js';
import { rateLimitFields } from '../plans/rate-limit-fields.js';
import { routeConfigOf } from '../routes/route-config.js';
import { PreparedHeaders } from './prepared-headers.js';

export const TRACE_HEADER = 'x-trace-id';

/** A complete response. */
export interface PreparedResponse {
  readonly status: number;
  /** Contain `fixed` of CommonHeaders. */
  readonly headers: PreparedHeaders;
  /** Headers of this response only: name, value, name, value. */
  readonly further: readonly string[];
  readonly body?: Buffer | string;
}

/**
 * The headers of all responses: fixed ones, the trace ID, the rate limit, the deprecation, and `no-store` by default.
 */
export class CommonHeaders {
  readonly fixed: PreparedHeaders;

  /**
   * @param isLastResponse returns whether the connection must close after the response
   * @param crossOriginHeaders returns name, value, name, value for `send`
   */
  constructor(
    private readonly headers: Readonly<Record<string, string>>,
    private readonly isLastResponse: (socket: Socket) => boolean = () => false,
    private readonly crossOriginHeaders?: (request: FastifyRequest) => readonly string[],
  ) {
    this.fixed = new PreparedHeaders(Object.entries(headers).flat());
  }

  /** Adds the headers to the responses of Fastify. */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onSend', (request, reply, _payload, done) => {
      reply.headers(this.headers);
      const fields = this.of(request);
      for (let index = 0; index < fields.length; index += 2) reply.header(fields[index] ?? '', fields[index + 1]);
      const { operation, carries } = routeConfigOf(request);
      if ((operation ?? carries) && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
      if (this.isLastResponse(request.raw.socket)) reply.header('connection', 'close');
      done();
    });
  }

  /** Returns the headers that describe a request: name, value, name, value. */
  of(request: FastifyRequest): string[] {
    const headers: string[] = [];
    this.addTo(headers, request);
    return headers;
  }

  /** Sends a response without `onSend`, which would cost more than the response. `onResponse` runs. */
  send(request: FastifyRequest, reply: FastifyReply, { status, headers, further, body }: PreparedResponse): void {
    const { raw } = reply;
    const all = further.slice();
    this.addTo(all, request);
    if (this.crossOriginHeaders) all.push(...this.crossOriginHeaders(request));
    if (this.isLastResponse(request.raw.socket)) raw.shouldKeepAlive = false;
    reply.hijack();
    headers.write(raw, status, all, request.server.server.keepAliveTimeout);
    if (body === undefined || request.method === 'HEAD') raw.end();
    else raw.end(body);
  }

  private addTo(headers: string[], request: FastifyRequest): void {
    const { requestContext, planDecisions } = request;
    headers.push(TRACE_HEADER, requestContext.traceId, ...deprecationHeaders(request));
    if (planDecisions) headers.push(...rateLimitFields(planDecisions));
  }
}
