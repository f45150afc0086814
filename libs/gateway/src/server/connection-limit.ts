import type { Server, Socket } from 'node:net';
import { Counter } from 'prom-client';
import { addressKey } from '../limits/address-key.js';
import type { TrustedProxies } from './trusted-proxies.js';

const rejectedTotal = new Counter({
  name: 'http_connections_rejected_total',
  help: 'Connections closed immediately because their IP address has too many',
});

/**
 * Limits the open connections of each IP address (IPv6: of each /64 network), so that one client cannot use up the file
 * descriptors of the process. A rate limit does not prevent that, because it counts requests. Closes further connections
 * without a response, because they have not sent a request yet.
 *
 * @param maxPerAddress 0 disables the limit
 * @param proxies are not limited, because many clients share their connections
 */
export function limitConnectionsPerAddress(
  server: Server,
  maxPerAddress: number,
  proxies: Pick<TrustedProxies, 'has'>,
): void {
  if (maxPerAddress === 0) return;
  const countByAddress = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const { remoteAddress = '' } = socket;
    if (proxies.has(remoteAddress)) return;
    const key = addressKey(remoteAddress);
    const count = (countByAddress.get(key) ?? 0) + 1;
    if (count > maxPerAddress) {
      rejectedTotal.inc();
      socket.destroy();
      return;
    }
    countByAddress.set(key, count);
    socket.once('close', () => {
      const open = (countByAddress.get(key) ?? 0) - 1;
      if (open > 0) countByAddress.set(key, open);
      else countByAddress.delete(key);
    });
  });
}
