import { LRUCache } from 'lru-cache';
import type { FastifyRequest } from 'fastify';
import { selectRepresentation } from '../formats/select-representation.js';
import { JSON_TYPE, type Operation } from '../routes/operation.js';
import { inputOf } from '../routes/parse-input.js';

export interface CacheKey {
  readonly key: string;
  readonly tags: readonly string[];
}

const MAX_CACHED_URLS = 4_096;
/** Longer URLs are validated for each request, which limits the memory to some megabytes. */
const MAX_CACHED_URL_LENGTH = 512;

/**
 * The cache keys of requests: the operation, the media type of its response, and its validated parameters. Different
 * URLs with the same input share a key, and an invalid request has none. Caches keys by URL, because validation costs
 * more than the rest of a hit.
 */
export class CacheKeys {
  private readonly byUrl = new LRUCache<string, CacheKey>({ max: MAX_CACHED_URLS });

  /** @returns undefined if the request is invalid: its handler reports the errors */
  find(operation: Operation, request: FastifyRequest): CacheKey | undefined {
    const { type } = selectRepresentation(request.headers.accept, operation) ?? {};
    if (type === undefined) return undefined;
    const url = type === JSON_TYPE ? request.url : `${type} ${request.url}`;
    const cached = this.byUrl.get(url);
    if (cached) return cached;
    const input = findInput(operation, request);
    if (!input) return undefined;
    const key = {
      // Validated objects have the order of their schema.
      key: `${operation.operationId} ${type} ${JSON.stringify([input.params, input.query])}`,
      tags: operation.cache?.tags((input.params ?? {}) as Record<string, string>) ?? [],
    };
    if (url.length <= MAX_CACHED_URL_LENGTH) this.byUrl.set(url, key);
    return key;
  }
}

function findInput(operation: Operation, request: FastifyRequest) {
  try {
    return inputOf(operation, request);
  } catch {
    return undefined;
  }
}
