import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { connect } from 'node:net';
import { TcpProxy } from './tcp-proxy.js';

describe('TcpProxy', () => {
  let echo: Server;
  let proxy: TcpProxy;

  beforeEach(async () => {
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const address = echo.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    proxy = await TcpProxy.reserve('127.0.0.1', address.port);
  });
  afterEach(async () => {
    await proxy.close();
    await new Promise((resolve) => echo.close(resolve));
  });

  it('refuses connections before it is opened and after it is closed', async () => {
    const connectError = async (): Promise<unknown> => {
      const [error] = await once(connect(proxy.port, '127.0.0.1'), 'error');
      return (error as NodeJS.ErrnoException).code;
    };
    expect(await connectError()).toBe('ECONNREFUSED');
    await proxy.open();
    const client = connect(proxy.port, '127.0.0.1');
    client.write('through');
    expect(String((await once(client, 'data'))[0])).toBe('through');
    const closed = once(client, 'close');
    await proxy.close();
    await closed;
    expect(await connectError()).toBe('ECONNREFUSED');
  });
});
