import type { Middleware } from 'openapi-fetch';

const KEY_BYTES = 16;

/** Sends a new key with each POST, so that `fetch` can repeat the request: it then has one effect. */
export function sendIdempotencyKeys(): Middleware {
  return {
    onRequest: ({ request }) => {
      if (request.method === 'POST') request.headers.set('Idempotency-Key', createKey());
    },
  };
}

/** Browsers have `randomUUID` only on pages with HTTPS. */
function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
