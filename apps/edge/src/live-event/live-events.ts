import { CodedError } from '@viernes/contracts';
import { comparePositions, type EventLog, type LogEntry, type WebSocketConnection } from '@viernes/gateway';
import { sleep } from '@viernes/platform';
import type { LiveTopic, LoggedEvent } from './live-event.schema.js';
import type { watchEvents } from './live-event.operations.js';

/** Delay between two attempts to read earlier events while the log is unavailable. */
const RETRY_MS = 500;

type Connection = WebSocketConnection<typeof watchEvents>;

/** The topics of a connection, and its progress. */
interface Subscription {
  readonly connection: Connection;
  readonly accountId: string;
  readonly topics: ReadonlySet<LiveTopic>;
  /** False while it receives earlier events. */
  isLive: boolean;
  /** ID of the last event that was sent before it became live. */
  sentUntil: string | undefined;
}

/** Distributes the events of the log to the connections of this process. */
export class LiveEvents {
  private readonly subscriptions = new Map<Connection, Subscription>();

  /** @param position the ID of the newest event that was delivered. Undefined until the log has been available once */
  constructor(
    private readonly log: Pick<EventLog, 'read' | 'covers'>,
    private readonly position: () => string | undefined,
  ) {}

  /**
   * Replaces the topics of a connection, and sends the events after `after`, or a gap if the log does not have all of them.
   *
   * @param after default: the newest event
   * @throws CodedError DEPENDENCY_UNAVAILABLE if the log is unavailable. If it becomes unavailable later, the events follow
   *   once it is available
   */
  async subscribe(
    connection: Connection,
    accountId: string,
    {
      id,
      topics,
      after,
    }: { readonly id?: string | undefined; readonly topics: readonly LiveTopic[]; readonly after?: string | undefined },
  ): Promise<void> {
    const newest = this.position();
    if (newest === undefined) throw new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'event log' });
    const isCovered = after === undefined || (await this.log.covers(after).catch(toUnavailable));
    // `closed` does not abort again, so nothing would remove the subscription.
    if (connection.closed.aborted) return;
    const lastEventId = after ?? this.position() ?? newest;
    const subscription = {
      ...{ connection, accountId, topics: new Set(topics) },
      ...{ isLive: after === undefined || !isCovered, sentUntil: undefined },
    };
    if (!this.subscriptions.has(connection)) {
      connection.closed.addEventListener('abort', () => this.subscriptions.delete(connection), { once: true });
    }
    this.subscriptions.set(connection, subscription);
    connection.send({ type: 'subscribed', ...(id !== undefined && { id }), topics: [...topics], lastEventId });
    if (!isCovered) connection.send({ type: 'gap', lastEventId: this.position() ?? newest });
    else if (after !== undefined) await this.catchUp(subscription, after);
  }

  /** Sends an event to its subscribers. */
  deliver(entry: LogEntry): void {
    const event = parse(entry);
    if (!event) return;
    const text = toMessage(entry.id, event);
    for (const subscription of this.subscriptions.values()) {
      if (!subscription.isLive || !isFor(subscription, event)) continue;
      const { sentUntil, connection } = subscription;
      if (sentUntil !== undefined && comparePositions(entry.id, sentUntil) <= 0) continue;
      subscription.sentUntil = undefined;
      connection.sendText(text);
    }
  }

  /** Reports lost events to every client. */
  reportGap(): void {
    const lastEventId = this.position();
    if (lastEventId === undefined) return;
    for (const { connection } of this.subscriptions.values()) connection.send({ type: 'gap', lastEventId });
  }

  /** Sends the remaining events of the log page by page, so that the memory does not depend on their number. */
  private async catchUp(subscription: Subscription, after: string): Promise<void> {
    const { connection } = subscription;
    let last = after;
    // Stops when the connection closes, or another subscription replaces this one.
    while (this.subscriptions.get(connection) === subscription) {
      const entries = await this.log.read(last).catch(() => undefined);
      if (!entries) {
        await sleep(RETRY_MS, connection.closed);
        continue;
      }
      const texts = entries.flatMap((entry) => {
        const event = parse(entry);
        return event && isFor(subscription, event) ? toMessage(entry.id, event) : [];
      });
      for (const [index, text] of texts.entries()) {
        if (index < texts.length - 1) connection.sendText(text);
        else await connection.sendAndFlush(text);
      }
      last = entries.at(-1)?.id ?? last;
      // Events that were delivered in the meantime were not sent to this connection.
      if (entries.length > 0 || comparePositions(this.position() ?? last, last) > 0) continue;
      subscription.sentUntil = last;
      subscription.isLive = true;
      return;
    }
  }
}

function isFor({ topics, accountId }: Subscription, event: LoggedEvent): boolean {
  return topics.has(event.topic) && (event.accountId === undefined || event.accountId === accountId);
}

/** Returns undefined for the empty entry of an empty log. */
function parse({ text }: LogEntry): LoggedEvent | undefined {
  return text === '' ? undefined : (JSON.parse(text) as LoggedEvent);
}

function toMessage(id: string, event: LoggedEvent): string {
  const { topic, name, time, data } = event;
  return JSON.stringify({ type: 'event', id, topic, name, time, data });
}

function toUnavailable(cause: unknown): never {
  throw new CodedError('DEPENDENCY_UNAVAILABLE', { dependency: 'event log' }, { cause });
}
