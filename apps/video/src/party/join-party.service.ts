import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { currentContext, parseRequest, readObservable, runInContext, TokenBucket } from '@viernes/platform';
import type { Observable } from 'rxjs';
import { ParticipantRepository } from './participant.repository.js';
import { PartyAccess, type Guest } from './party-access.js';
import { PartyActions } from './party-actions.js';
import { PartyClock } from './party-clock.js';
import { PartyConnection } from './party-connection.js';
import { PartyRepository } from './party.repository.js';
import { MAX_PARTICIPANTS } from './party.js';
import { toRejectionMessage } from './party.message.js';
import { PartyJoin, PartyPing } from './party.requests.js';
import { PartyRooms } from './party-rooms.js';

type Request = videoV1.JoinPartyRequest;
type Message = NonNullable<Request['message']>;
type Send = (response: videoV1.JoinPartyResponse) => void;

/** A stream has no deadline, so each of its requests has this timeout. */
const REQUEST_TIMEOUT_MS = 5_000;

/** Requests of one connection. A host that drags the seek bar sends a few per second. */
const BURST = 20;
const REQUESTS_PER_SECOND = 4;

@Injectable()
export class JoinParty {
  constructor(
    private readonly access: PartyAccess,
    private readonly parties: PartyRepository,
    private readonly participants: ParticipantRepository,
    private readonly rooms: PartyRooms,
    private readonly actions: PartyActions,
    private readonly clock: PartyClock,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Handles the requests of one stream until they end. An action that fails after the join is rejected with its code, and
   * the stream continues, even while the database is unavailable.
   *
   * @param requests the first one is the join
   * @param signal ends the participation without an error
   * @throws CodedError PARTY_NOT_FOUND, also when the party is deleted later; PARTY_FULL; REQUEST_INVALID for an invalid
   *   join or ping
   */
  async run(guest: Guest, requests: Observable<Request>, send: Send, signal: AbortSignal): Promise<void> {
    const closing = new AbortController();
    const received = readObservable(requests, AbortSignal.any([signal, closing.signal]));
    const first = await received.next();
    if (first.done) return;
    const { message } = first.value;
    if (message?.$case !== 'join') throw new CodedError('REQUEST_INVALID', { first: message?.$case ?? 'none' });
    const join = parseRequest(PartyJoin, message.join);
    const { partyId, participantId } = await withDeadline(() => this.join(guest, join));
    const connection = new PartyConnection(partyId, participantId, join.lastTextNumber, send, closing);
    try {
      await withDeadline(() => this.rooms.add(connection));
      await this.handleAll(guest, received, connection);
    } finally {
      this.rooms.remove(connection);
    }
    closing.signal.throwIfAborted();
  }

  private async join(
    guest: Guest,
    { code, name }: PartyJoin,
  ): Promise<Pick<PartyConnection, 'partyId' | 'participantId'>> {
    return this.transactions.run(async (tx) => {
      const { accountId, profileId } = guest;
      const { id: partyId } = await this.access.getParty(tx, guest, code);
      if (!this.clock.isMeasured) await this.clock.measure(tx);
      await this.parties.lock(tx, partyId);
      const present = await this.participants.listPresent(tx, partyId);
      const others = present.filter((participant) => participant.profileId !== profileId);
      if (others.length >= MAX_PARTICIPANTS) throw new CodedError('PARTY_FULL', { partyId });
      const participant = { id: randomUUID(), partyId, accountId, profileId, name };
      const participantId = await this.participants.join(tx, participant);
      await this.parties.replaceAbsentHosts(tx, [partyId]);
      await this.rooms.notify(tx, partyId);
      return { partyId, participantId };
    });
  }

  private async handleAll({ accountId }: Guest, requests: AsyncIterable<Request>, connection: PartyConnection) {
    const { partyId, participantId } = connection;
    const limit = new TokenBucket({ rate: REQUESTS_PER_SECOND, burst: BURST });
    for await (const { message } of requests) {
      if (message?.$case === 'ping') this.sendPong(message.ping, connection);
      else if (message) await this.handle({ partyId, participantId, accountId }, message, connection, limit);
      if (message?.$case === 'leave') return;
    }
  }

  private sendPong(ping: videoV1.PartyPing, { send }: PartyConnection): void {
    const { sentAtMs } = parseRequest(PartyPing, ping);
    send({ message: { $case: 'pong', pong: { sentAtMs, serverTimeMs: this.clock.now() } } });
  }

  private async handle(
    actor: Parameters<PartyActions['run']>[0],
    message: Message,
    { send }: PartyConnection,
    limit: TokenBucket,
  ): Promise<void> {
    try {
      if (limit.take(1, performance.now()).tokens === 0) throw new CodedError('RATE_LIMITED');
      await withDeadline(() => this.actions.run(actor, message));
    } catch (error) {
      if (!(error instanceof CodedError) || error.code === 'INTERNAL') throw error;
      send(toRejectionMessage(error.code, message.$case === 'text' ? message.text.clientId : undefined));
    }
  }
}

function withDeadline<Result>(work: () => Promise<Result>): Promise<Result> {
  return runInContext({ ...currentContext(), deadlineAt: Date.now() + REQUEST_TIMEOUT_MS }, work);
}
