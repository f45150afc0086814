import { Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Notifications, Transactions, type Transaction } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { ParticipantRepository } from './participant.repository.js';
import { PartyClock } from './party-clock.js';
import type { PartyConnection } from './party-connection.js';
import { PartyRoom } from './party-room.js';
import { PartyRepository } from './party.repository.js';
import { toVersionKey, type PartySnapshot } from './party.js';

const CHANNEL = 'party';

/** A quarter of the time after which a participant is absent. Also finds changes whose notification was lost. */
const PRESENCE_INTERVAL_MS = 2_000;

interface PartyNotification {
  readonly partyId: string;
  readonly reacted?: videoV1.PartyReacted;
}

/** The parties with connections to this replica. Other replicas notify it of their changes through PostgreSQL. */
@Injectable()
export class PartyRooms {
  private readonly rooms = new Map<string, PartyRoom>();

  constructor(
    private readonly parties: PartyRepository,
    private readonly participants: ParticipantRepository,
    private readonly transactions: Transactions,
    private readonly clock: PartyClock,
    notifications: Notifications,
    tasks: PeriodicTasks,
  ) {
    notifications.listen(CHANNEL, {
      onNotification: (payload) => this.handle(JSON.parse(payload) as PartyNotification),
      onConnected: () => this.rooms.forEach((room) => refreshInBackground(room)),
    });
    const run = (): Promise<void> => this.recordPresence();
    tasks.add({ name: 'presence in parties', intervalMs: PRESENCE_INTERVAL_MS, run });
  }

  /** Notifies all replicas, including this one, at the commit. */
  async notify(tx: Transaction, partyId: string, reacted?: videoV1.PartyReacted): Promise<void> {
    const notification: PartyNotification = { partyId, ...(reacted && { reacted }) };
    // Raw SQL: TypeORM has no NOTIFY.
    await tx.query('SELECT pg_notify($1, $2)', [CHANNEL, JSON.stringify(notification)]);
  }

  /** Sends the current state and the texts that the client has not received, and from now on each change. */
  async add(connection: PartyConnection): Promise<void> {
    const { partyId } = connection;
    let room = this.rooms.get(partyId);
    if (!room) this.rooms.set(partyId, (room = this.createRoom(partyId)));
    room.connections.add(connection);
    await room.refresh();
  }

  remove(connection: PartyConnection): void {
    const room = this.rooms.get(connection.partyId);
    room?.connections.delete(connection);
    if (room?.connections.size === 0) this.rooms.delete(connection.partyId);
  }

  private createRoom(partyId: string): PartyRoom {
    const read = (after: number): Promise<PartySnapshot | undefined> =>
      this.transactions.run((tx) => this.read(tx, partyId, after));
    return new PartyRoom(read, () => this.close(partyId));
  }

  private async read(tx: Transaction, partyId: string, after: number): Promise<PartySnapshot | undefined> {
    const party = await this.parties.find(tx, partyId);
    if (!party) return undefined;
    const present = await this.participants.listPresent(tx, partyId);
    const texts = await this.participants.listTexts(tx, partyId, after);
    return { party, present, texts };
  }

  private handle({ partyId, reacted }: PartyNotification): void {
    const room = this.rooms.get(partyId);
    if (!room) return;
    if (!reacted) return refreshInBackground(room);
    for (const connection of room.connections) connection.send({ message: { $case: 'reacted', reacted } });
  }

  private async recordPresence(): Promise<void> {
    if (this.rooms.size === 0) return;
    const connections = [...this.rooms.values()].flatMap((room) => [...room.connections]);
    const touchedIds = new Set(
      await this.transactions.run((tx) =>
        this.participants.touch(tx, [...new Set(connections.map(({ participantId }) => participantId))]),
      ),
    );
    // A participant is deleted together with its account.
    for (const connection of connections)
      if (!touchedIds.has(connection.participantId)) connection.close(notFound(connection.partyId));
    const partyIds = [...this.rooms.keys()];
    const versions = await this.transactions.run(async (tx) => {
      await this.clock.measure(tx);
      for (const id of await this.parties.replaceAbsentHosts(tx, partyIds)) await this.notify(tx, id);
      return this.parties.listVersions(tx, partyIds);
    });
    const keys = new Map(versions.map((version) => [version.id, toVersionKey(version)]));
    for (const id of partyIds) {
      const room = this.rooms.get(id);
      if (room && room.versionKey !== keys.get(id)) refreshInBackground(room);
    }
  }

  /** Closes the connections to a deleted party. */
  private close(partyId: string): void {
    for (const connection of this.rooms.get(partyId)?.connections ?? []) connection.close(notFound(partyId));
  }
}

function notFound(partyId: string): CodedError {
  return new CodedError('PARTY_NOT_FOUND', { partyId });
}

/** A failed refresh is repeated when presence is recorded, because the version of the room is still the earlier one. */
function refreshInBackground(room: PartyRoom): void {
  room.refresh().catch(() => undefined);
}
