import { defineOperation } from '@viernes/gateway';
import { liveMessage, subscribe } from './live-event.schema.js';

export const watchEvents = defineOperation({
  operationId: 'watchEvents',
  method: 'GET',
  path: '/v1/events',
  tag: 'events',
  summary:
    'Receive events over a WebSocket: send a SubscribeMessage with topics and, to resume, the ID of the latest event',
  auth: 'required',
  scope: 'catalog:read',
  isLong: true,
  webSocket: { clientMessage: subscribe, serverMessage: liveMessage },
  success: { status: 101, description: 'The connection is now a WebSocket with JSON messages' },
  errors: [],
});

export const liveEventOperations = [watchEvents];
