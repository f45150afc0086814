import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { REQUEST_TIMEOUT } from '../deadline/request-timeout.js';
import { IDEMPOTENCY_KEY_HEADER, REPLAYED_HEADER } from '../idempotency/idempotency-keys.js';
import { addVary } from '../server/vary.js';
import { POSITION_HEADER } from '../position/positions.js';
import { TRACE_HEADER } from '../server/common-headers.js';

/** Request headers beyond those that browsers send without permission. */
const REQUEST_HEADERS = [
  'authorization',
  'content-type',
  'if-match',
  'if-none-match',
  'traceparent',
  IDEMPOTENCY_KEY_HEADER,
  POSITION_HEADER,
  REQUEST_TIMEOUT,
  // Headers of clients that use Connect or gRPC-Web.
  'connect-protocol-version',
  'connect-timeout-ms',
  'grpc-timeout',
  'x-grpc-web',
  'x-user-agent',
];

/** Response headers of JSON operations, beyond those that scripts can always read. */
const RESPONSE_HEADERS = [
  'allow',
  'deprecation',
  'etag',
  'link',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'sunset',
  POSITION_HEADER,
  REPLAYED_HEADER,
  TRACE_HEADER,
  'grpc-message',
  'grpc-status',
  'grpc-status-details-bin',
  'viernes-error-code',
];

/** Sent even without an origin: a shared cache must not serve the response to scripts of another origin. */
const VARY_BY_ORIGIN = ['vary', 'Origin'];

/** Browsers repeat a preflight after this time at the latest. */
const PREFLIGHT_SECONDS = 600;

/**
 * Allows scripts of configured origins to read responses (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol).
 * Never allows credentials or the header `Viernes-Session`: the cookies belong to pages of this site, and scripts send
 * an access token in a header. A request from another origin is served without CORS headers, so that the browser
 * hides the response.
 */
export class CrossOrigin {
  private readonly headersByOrigin: ReadonlyMap<string, readonly string[]>;

  /** @param origins as in the header `Origin`: `https://www.example` */
  constructor(origins: readonly string[]) {
    const exposed = ['access-control-expose-headers', RESPONSE_HEADERS.join(', ')];
    const toHeaders = (origin: string) => [...VARY_BY_ORIGIN, 'access-control-allow-origin', origin, ...exposed];
    this.headersByOrigin = new Map(origins.map((origin) => [origin, toHeaders(origin)]));
  }

  /** Returns the CORS headers of a response: name, value, name, value. */
  headersOf(request: FastifyRequest): readonly string[] {
    return this.find(request) ?? VARY_BY_ORIGIN;
  }

  /** Adds the headers to the responses of Fastify. Register it after the hooks that set `Vary`. */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onSend', (request, reply, _payload, done) => {
      const headers = this.headersOf(request);
      for (let index = 0; index < headers.length; index += 2) {
        const [name = '', value = ''] = headers.slice(index, index + 2);
        if (name === 'vary') addVary(reply, value);
        else reply.header(name, value);
      }
      done();
    });
  }

  /** Adds the headers of a preflight to the response to OPTIONS. */
  addPreflight(request: FastifyRequest, reply: FastifyReply, methods: readonly string[]): void {
    if (request.headers['access-control-request-method'] === undefined || !this.find(request)) return;
    reply.headers({
      'access-control-allow-methods': methods.join(', '),
      'access-control-allow-headers': REQUEST_HEADERS.join(', '),
      'access-control-max-age': String(PREFLIGHT_SECONDS),
    });
  }

  private find({ headers: { origin } }: FastifyRequest): readonly string[] | undefined {
    return origin === undefined ? undefined : this.headersByOrigin.get(origin);
  }
}
