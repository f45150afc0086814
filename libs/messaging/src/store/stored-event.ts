import type { ConsumerRecord } from '@viernes/kafka';
import { Column } from 'typeorm';

/** The columns of every table of events. */
export abstract class EventColumns {
  /** Not a UUID column: other producers can use any ID. `<topic>/<partition>/<offset>` if an event has no usable ID. */
  @Column('text')
  readonly eventId!: string;

  @Column('text')
  readonly key!: string;

  @Column('text')
  readonly type!: string;

  @Column('text')
  readonly source!: string;

  @Column('timestamptz')
  readonly time!: Date;

  @Column('text', { nullable: true })
  readonly traceparent!: string | null;

  @Column('bytea')
  readonly payload!: Buffer;
}

/** The columns of tables that store received events for a consumer. */
export abstract class StoredEvent extends EventColumns {
  @Column('text')
  readonly consumer!: string;

  @Column('text')
  readonly originTopic!: string;

  @Column('int')
  readonly originPartition!: number;

  /** A bigint as text. */
  @Column('bigint')
  readonly originOffset!: string;
}

export function toStoredEvent(consumer: string, record: ConsumerRecord): StoredEvent {
  const { id, topic, partition, offset, key, type, source, time, traceparent = null, payload } = record;
  const origin = { originTopic: topic, originPartition: partition, originOffset: offset };
  return { consumer, eventId: id, ...origin, key, type, source, time, traceparent, payload: Buffer.from(payload) };
}

export function toConsumerRecord(stored: StoredEvent): ConsumerRecord {
  const { eventId: id, originTopic: topic, originPartition: partition, originOffset: offset } = stored;
  const { key, type, source, time, traceparent, payload } = stored;
  return { id, topic, partition, offset, key, type, source, time, traceparent: traceparent ?? undefined, payload };
}
