import { ENCODINGS } from '../compression/select-encoding.js';
import { CachedResponse } from './cached-response.js';
import { PreparedHeaders } from '../server/prepared-headers.js';

describe('a cached response', () => {
  it.each(ENCODINGS)('occupies only the memory of its body in the encoding %s', async (encoding) => {
    const items = Buffer.from(
      JSON.stringify(Array.from({ length: 100 }, (_, item) => ({ item, name: `item ${item}` }))),
    );
    const response = new CachedResponse(
      items,
      'application/json',
      { ttlSeconds: 1, staleSeconds: 1, tags: () => [] },
      new PreparedHeaders([]),
      0,
    );
    const { body } = await response.get(encoding);
    expect(body.buffer.byteLength).toBe(body.length);
  });
});
