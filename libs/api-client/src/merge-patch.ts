import type { Middleware } from 'openapi-fetch';

/** Every PATCH of the API is a JSON Merge Patch (RFC 7396). Without this, bodies are sent as `application/json`. */
export function sendMergePatches(): Middleware {
  return {
    onRequest: ({ request }) => {
      if (request.method === 'PATCH') request.headers.set('content-type', 'application/merge-patch+json');
    },
  };
}
