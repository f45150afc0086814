/** An event in transit: CloudEvents attributes and the encoded payload. */
export interface EventMessage {
  readonly topic: string;
  /** The partition key: the ID of the aggregate. */
  readonly key: string;
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly time: Date;
  /** W3C trace context of the request that caused the event. */
  readonly traceparent: string | undefined;
  readonly payload: Uint8Array;
  /** Additional attributes of retry and dead-letter messages, such as the error code. */
  readonly extensions?: Readonly<Record<string, string>>;
}

/** An event with its position in a topic. */
export interface ConsumerRecord extends EventMessage {
  readonly partition: number;
  readonly offset: string;
}

export function groupByTopic<Event extends EventMessage>(events: readonly Event[]): Map<string, Event[]> {
  const groups = new Map<string, Event[]>();
  for (const event of events) {
    const group = groups.get(event.topic);
    if (group) group.push(event);
    else groups.set(event.topic, [event]);
  }
  return groups;
}
