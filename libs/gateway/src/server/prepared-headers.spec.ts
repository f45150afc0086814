import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { PreparedHeaders } from './prepared-headers.js';

const SHARED = ['content-type', 'text/plain', 'content-length', '4', 'x-frame-options', 'DENY'];
const FURTHER = ['age', '3'];

describe('a response with prepared headers', () => {
  const prepared = new PreparedHeaders(SHARED);
  let server: Server;
  beforeAll(async () => {
    server = createServer({ keepAliveTimeout: 65_000 }, ({ url, method }, response) => {
      const status = url?.endsWith('304') ? 304 : 200;
      if (url?.startsWith('/prepared')) prepared.write(response, status, FURTHER, server.keepAliveTimeout);
      else response.writeHead(status, [...SHARED, ...FURTHER]);
      end(response, status === 200 && method !== 'HEAD');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => server.close());

  const end = (response: ServerResponse, hasBody: boolean): void => {
    if (hasBody) response.end(Buffer.from('body'));
    else response.end();
  };

  /** Sends the requests in one segment and returns everything that the server sends until it closes the connection. */
  const exchange = async (...requests: readonly string[]): Promise<string> => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(requests.join(''));
    let received = '';
    for await (const chunk of socket) received += String(chunk);
    return received.replaceAll(/^Date: .*$/gm, (line) => line.replace(/: .* GMT/, ': now'));
  };
  const toRequest = (path: string, start: string, connection: string): string =>
    start.replace('PATH', path) + `\r\nhost: test\r\n${connection}\r\n`;

  it.each(['GET PATH HTTP/1.1', 'HEAD PATH HTTP/1.1', 'GET PATH304 HTTP/1.1', 'GET PATH HTTP/1.0'])(
    'has the same bytes as a response with writeHead, for %s',
    async (start) => {
      const exchangeAll = (path: string): Promise<string> =>
        exchange(
          toRequest(path, start, ''),
          toRequest(path, start, ''),
          toRequest(path, start, 'connection: close\r\n'),
        );
      const expected = await exchangeAll('/written');
      expect(expected).toContain('Date: now');
      expect(await exchangeAll('/prepared')).toBe(expected);
    },
  );

  it('rejects a line break in prepared and in further headers', async () => {
    expect(() => new PreparedHeaders(['x-name', 'a\r\nset-cookie: b'])).toThrow('Invalid character');
    expect(() => new PreparedHeaders(['x-name\r\n', 'a'])).toThrow('valid HTTP token');
    let error: unknown;
    const splitting = createServer((_request, response) => {
      try {
        prepared.write(response, 200, ['age', '3\r\nset-cookie: b'], 1_000);
      } catch (thrown) {
        error = thrown;
      }
      response.destroy();
    });
    await new Promise<void>((listening) => splitting.listen(0, '127.0.0.1', listening));
    const socket = connect((splitting.address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nhost: test\r\n\r\n');
    await once(socket, 'close');
    expect(error).toMatchObject({ code: 'ERR_INVALID_CHAR' });
    splitting.close();
  });
});
