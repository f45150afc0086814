import type { videoV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import { REACTIONS, type PartyClientMessage, type PartyServerMessage } from './party.schema.js';

type Request = NonNullable<videoV1.JoinPartyRequest['message']>;
type Response = NonNullable<videoV1.JoinPartyResponse['message']>;

export function toPartyRequest(message: PartyClientMessage): Request {
  switch (message.type) {
    case 'ping':
      return { $case: 'ping', ping: { sentAtMs: message.sentAtMs } };
    case 'control':
      return { $case: 'control', control: { isPlaying: message.isPlaying, positionMs: message.positionMs } };
    case 'text':
      return { $case: 'text', text: { clientId: message.id, text: message.text } };
    case 'reaction':
      // 0 is the unspecified value of the enumeration.
      return { $case: 'reaction', reaction: { kind: REACTIONS.indexOf(message.reaction) + 1 } };
    case 'handOver':
      return { $case: 'handOver', handOver: { participantId: message.participantId } };
    case 'leave':
      return { $case: 'leave', leave: {} };
  }
}

export function toServerMessage(response: Response): PartyServerMessage {
  switch (response.$case) {
    case 'state': {
      const { playback, ...state } = response.state;
      return { type: 'state', ...state, playback: required(playback, 'playback') };
    }
    case 'texts': {
      const texts = response.texts.texts.map(({ clientId: id, sentAt, ...text }) => {
        return { ...text, id, sentAt: required(sentAt, 'sent_at') };
      });
      return { type: 'texts', texts };
    }
    case 'pong':
      return { type: 'pong', ...response.pong };
    case 'reacted': {
      const { participantId, kind } = response.reacted;
      return { type: 'reacted', participantId, reaction: required(REACTIONS[kind - 1], 'kind') };
    }
    case 'rejection': {
      const { code, clientId: id } = response.rejection;
      return { type: 'rejected', code, ...(id !== undefined && { id }) };
    }
  }
}
