import type { Schema } from '@viernes/api-client';
import { ReopeningSocket, type SocketOptions } from '../api/reopening-socket.js';
import { getParty } from './party-requests.js';
import type { ServerMessage } from './party-state.js';

export type ClientMessage = Schema<'PartyClientMessage'>;

export type PartySocket = ReopeningSocket<ClientMessage, ServerMessage>;

type PartySocketEvents = Pick<SocketOptions<ServerMessage>, 'onMessage' | 'onDisconnect' | 'onProblem'>;

/**
 * Opens a connection to a party. `onProblem` reports that the party no longer exists, or is full.
 *
 * @param lastTextNumber returns the number of the latest received text
 */
export function openPartySocket(code: string, lastTextNumber: () => number, events: PartySocketEvents): PartySocket {
  return new ReopeningSocket({
    ...events,
    path: () => `/v1/parties/${encodeURIComponent(code)}/messages?after=${lastTextNumber()}`,
    check: () => getParty(code),
  });
}
