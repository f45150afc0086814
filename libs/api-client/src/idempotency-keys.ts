import type { Middleware } from 'openapi-fetch';

const KEY_BYTES = 16;

/** Sends a new key with each POST, so that a request that `fetch` repeats has one effect. */
export function sendIdempotencyKeys(): Middleware {
  return {
    onRequest: ({ request }) => {
      if (request.method === 'POST') request.headers.set('Idempotency-Key', createKey());
    },
  };
}

/** Does not use `randomUUID`, which browsers provide only on HTTPS pages. */
function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
