import type { Middleware } from 'openapi-fetch';

const POSITION_HEADER = 'Viernes-Position';

/**
 * Sends the highest position in the write-ahead log of the database that the API has returned, so that reads contain
 * the writes of this client (decision 25).
 */
export function sendLatestPosition(): Middleware {
  let latest = '';
  return {
    onRequest: ({ request }) => {
      if (latest !== '') request.headers.set(POSITION_HEADER, latest);
    },
    onResponse: ({ response }) => {
      const position = response.headers.get(POSITION_HEADER) ?? '';
      // Positions have equal lengths, so their order is that of the text. Responses can arrive out of order.
      if (position > latest) latest = position;
    },
  };
}
