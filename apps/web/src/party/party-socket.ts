import type { Schema } from '@viernes/api-client';
import { ReconnectingSocket, type SocketOptions } from '../api/reconnecting-socket.js';
import { getParty } from './party-requests.js';
import type { ServerMessage } from './party-state.js';

export type ClientMessage = Schema<'PartyClientMessage'>;

export type PartySocket = ReconnectingSocket<ClientMessage, ServerMessage>;

type PartySocketEvents = Pick<SocketOptions<ServerMessage>, 'onMessage' | 'onDisconnect' | 'onProblem'>;

/**
 * Opens a connection to a party. `onProblem` reports that the party no longer exists, or is full.
 *
 * @param lastTextNumber returns the number of the latest received text
 */
export function openPartySocket(code: string, lastTextNumber: () => number, events: PartySocketEvents): PartySocket {
  return new ReconnectingSocket({
    ...events,
    path: () => `/v1/parties/${encodeURIComponent(code)}/messages?after=${lastTextNumber()}`,
    beforeReconnect: () => getParty(code),
  });
}
