import type { Schema } from '@viernes/api-client';
import { ReconnectingSocket, type SocketOptions } from '../api/reconnecting-socket.js';
import { getParty } from './party-requests.js';
import type { ServerMessage } from './party-state.js';

export type ClientMessage = Schema<'PartyClientMessage'>;

export type PartySocket = ReconnectingSocket<ClientMessage, ServerMessage>;

type PartySocketEvents = Pick<SocketOptions<ServerMessage>, 'onMessage' | 'onDisconnect' | 'onProblem'>;

/**
 * Opens a connection to a party.
 *
 * @param lastTextNumber returns the number of the latest received text, after which a new connection continues
 * @param events `onProblem` is called after a permanent error, for example if the party no longer exists or is full
 */
export function openPartySocket(code: string, lastTextNumber: () => number, events: PartySocketEvents): PartySocket {
  return new ReconnectingSocket({
    ...events,
    path: () => `/v1/parties/${encodeURIComponent(code)}/messages?after=${lastTextNumber()}`,
    beforeReconnect: () => getParty(code),
  });
}
