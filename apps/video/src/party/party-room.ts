import { toVersionKey, type PartySnapshot } from './party.js';
import type { PartyConnection } from './party-connection.js';

/** The connections of one party to this replica. */
export class PartyRoom {
  readonly connections = new Set<PartyConnection>();
  /** The `toVersionKey` of the latest snapshot. */
  versionKey = '';
  private isOutdated = false;
  private refreshing: Promise<void> | undefined;

  /** @param read returns the party with the texts after a number, undefined if the party does not exist */
  constructor(
    private readonly read: (afterTextNumber: number) => Promise<PartySnapshot | undefined>,
    private readonly onMissing: () => void,
  ) {}

  /**
   * Sends the changes to each connection. Calls during a refresh share the next one, so that only one read of the
   * party runs at a time.
   *
   * @throws the errors of `read`
   */
  refresh(): Promise<void> {
    this.isOutdated = true;
    return (this.refreshing ??= this.run());
  }

  private async run(): Promise<void> {
    try {
      do {
        this.isOutdated = false;
        const snapshot = await this.read(Math.min(...[...this.connections].map(({ textNumber }) => textNumber)));
        if (!snapshot) return this.onMissing();
        const { party, present } = snapshot;
        this.versionKey = toVersionKey({ ...party, presentIds: present.map(({ id }) => id) });
        for (const connection of this.connections) connection.sendChanges(snapshot);
      } while (this.isOutdated && this.connections.size > 0);
    } finally {
      this.refreshing = undefined;
    }
  }
}
