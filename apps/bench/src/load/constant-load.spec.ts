import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runConstantLoad } from './constant-load.js';
import { toRequest } from './http-connection.js';

describe('runConstantLoad', () => {
  it('sends no request before it is due', async () => {
    const server = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const requests = [toRequest(url, '/')];
    try {
      const { served, servedMs } = await runConstantLoad({
        url: url.href,
        requests,
        offset: 0,
        requestsPerSecond: 100,
        seconds: 0.3,
      });
      expect(served).toBe(30);
      // Measured from the moment at which a request was due.
      expect(Math.min(...servedMs)).toBeGreaterThan(0);
    } finally {
      server.close();
    }
  });
});
