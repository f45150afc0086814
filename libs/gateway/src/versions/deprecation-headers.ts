import type { FastifyRequest } from 'fastify';
import '../routes/fastify-augmentation.js';
import { routeConfigOf } from '../routes/route-config.js';

const NONE: readonly string[] = [];

/**
 * Returns the headers of all responses of a deprecated operation: name, value, name, value. Other operations have none.
 *
 * @see RFC 9745 section 2, RFC 8594 section 3, RFC 5829 section 3.2
 */
export function deprecationHeaders(request: FastifyRequest): readonly string[] {
  const { deprecated } = routeConfigOf(request).operation ?? {};
  if (!deprecated) return NONE;
  const { since, sunset, successor } = deprecated;
  return [
    'deprecation',
    `@${Date.parse(since) / 1_000}`,
    'sunset',
    new Date(sunset).toUTCString(),
    'link',
    `<${fillPath(successor.path, request.params)}>; rel="successor-version"`,
  ];
}

function fillPath(path: string, params: unknown): string {
  const values = params as Readonly<Record<string, string | undefined>>;
  return path.replaceAll(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}
