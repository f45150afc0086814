import type { videoV1 } from '@viernes/contracts';
import type { PartySnapshot, PartyText } from './party.js';

type Response = videoV1.JoinPartyResponse;

/** @param selfId the participant that receives the state */
export function toStateMessage({ party, present }: PartySnapshot, selfId: string): Response {
  const { revision, hostId, isPlaying, positionMs, playbackAt } = party;
  const state = {
    revision,
    hostId,
    selfId,
    playback: { isPlaying, positionMs, atMs: playbackAt.getTime() },
    participants: present.map(({ id, name }) => ({ id, name })),
  };
  return { message: { $case: 'state', state } };
}

export function toTextsMessage(texts: readonly PartyText[]): Response {
  const entries = texts.map(({ number, participantId, name, clientId, text, sentAt }) => {
    return { number, participantId, name, clientId, text, sentAt: sentAt.toISOString() };
  });
  return { message: { $case: 'texts', texts: { texts: entries } } };
}

export function toRejectionMessage(code: string, clientId: string | undefined): Response {
  return { message: { $case: 'rejection', rejection: { code, clientId } } };
}
