import { Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { parseRequest } from '@viernes/platform';
import { ParticipantRepository } from './participant.repository.js';
import { PartyRepository } from './party.repository.js';
import { PartyControl, PartyHandOver, PartyReaction, PartyText } from './party.requests.js';
import { PartyRooms } from './party-rooms.js';

export interface Actor {
  readonly partyId: string;
  readonly participantId: string;
  readonly accountId: string;
}

type Message = NonNullable<videoV1.JoinPartyRequest['message']>;

/** The actions of participants. Each change is committed together with the notification of all replicas. */
@Injectable()
export class PartyActions {
  constructor(
    private readonly parties: PartyRepository,
    private readonly participants: ParticipantRepository,
    private readonly rooms: PartyRooms,
    private readonly transactions: Transactions,
  ) {}

  /** @throws CodedError FORBIDDEN if only the host can do it, or if the next host is absent; REQUEST_INVALID */
  async run(actor: Actor, message: Message): Promise<void> {
    const { partyId, participantId } = actor;
    await this.transactions.run(async (tx) => {
      const reacted =
        message.$case === 'reaction' ? { participantId, ...parseRequest(PartyReaction, message.reaction) } : undefined;
      if (!reacted) await this.change(tx, actor, message);
      await this.rooms.notify(tx, partyId, reacted);
    });
  }

  private async change(tx: Transaction, { partyId, participantId, accountId }: Actor, message: Message): Promise<void> {
    switch (message.$case) {
      case 'control': {
        const playback = parseRequest(PartyControl, message.control);
        return assertHost(await this.parties.setPlayback(tx, partyId, participantId, playback));
      }
      case 'handOver': {
        const { participantId: nextId } = parseRequest(PartyHandOver, message.handOver);
        const isPresent = await this.participants.isPresent(tx, partyId, nextId);
        return assertHost(isPresent && (await this.parties.setHost(tx, partyId, participantId, nextId)));
      }
      case 'text': {
        const text = parseRequest(PartyText, message.text);
        return this.parties.addText(tx, { ...text, partyId, participantId, accountId });
      }
      case 'leave': {
        await this.participants.leave(tx, participantId);
        await this.parties.replaceAbsentHosts(tx, [partyId]);
        return;
      }
      default:
        throw new CodedError('REQUEST_INVALID', { message: message.$case });
    }
  }
}

function assertHost(isHost: boolean): void {
  if (!isHost) throw new CodedError('FORBIDDEN', { needs: 'host' });
}
