// The baseline: ws without an event log, topics, limits and policies. Sends each message of the publisher to all other
// clients.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { receiveStart } from '../baseline/start-message.js';
import { PUBLISHER_PATH } from './bare-ws.js';

await receiveStart<object>();
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, backlog: 511 });
server.on('connection', (socket, { url }) => {
  if (url !== PUBLISHER_PATH) return;
  server.clients.delete(socket);
  socket.on('message', (data: Buffer) => {
    for (const client of server.clients) client.send(data, { binary: false });
  });
});
await once(server, 'listening');
process.send?.((server.address() as AddressInfo).port);
