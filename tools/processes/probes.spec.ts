import { createServer, type AddressInfo } from 'node:net';
import { assertPortsFree, isListening } from './probes.ts';

describe('assertPortsFree', () => {
  it('names the port in use and its variable', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      expect(await isListening(port)).toBe(true);
      await expect(assertPortsFree({ EDGE_PORT: port })).rejects.toThrow(
        `Port ${port} is in use. Stop the other process or set EDGE_PORT.`,
      );
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    await assertPortsFree({ EDGE_PORT: port });
    expect(await isListening(port)).toBe(false);
  });
});
