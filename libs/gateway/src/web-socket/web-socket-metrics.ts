import { Counter, Gauge } from 'prom-client';

export const connectionsOpen = new Gauge({
  name: 'web_socket_connections',
  help: 'Open WebSocket connections',
  labelNames: ['operation'],
});

export const messagesTotal = new Counter({
  name: 'web_socket_messages_total',
  help: 'WebSocket messages, by direction: in from clients, out to clients',
  labelNames: ['operation', 'direction'],
});

export const closedTotal = new Counter({
  name: 'web_socket_closed_total',
  help: 'Closed WebSocket connections by reason',
  labelNames: ['operation', 'reason'],
});
