import { createServer, type AddressInfo } from 'node:net';
import { expectPortsFree, findPortHolder, holderFromLsof, listeningInodes } from './port-holder.ts';

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:20D0 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1111 1 0 100 0 0 10 0
   1: 0100007F:20D0 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 2222 1 0 20 4 30 10 -1
   2: 0100007F:20D1 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 3333 1 0 100 0 0 10 0
`;

describe('who holds a port', () => {
  it('looks at listening sockets of that port alone', () => {
    expect(listeningInodes(TABLE, 8400)).toEqual(['1111']);
    expect(listeningInodes(TABLE, 8402)).toEqual([]);
  });

  it('reads what lsof prints for programs', () => {
    expect(holderFromLsof('p4711\ncnode\nf19\n')).toEqual({ pid: 4711, command: 'node' });
    expect(holderFromLsof('')).toBeUndefined();
  });

  it('names this process, the setting and the port', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      expect(findPortHolder(port)?.pid).toBe(process.pid);
      await expect(expectPortsFree({ EDGE_PORT: port })).rejects.toThrow(
        new RegExp(`Port ${port} is taken by pid ${process.pid}: [^]*EDGE_PORT=`),
      );
    } finally {
      server.close();
    }
  });
});
