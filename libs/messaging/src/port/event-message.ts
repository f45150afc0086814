/** An event as it travels: CloudEvents attributes beside an encoded payload. */
export interface EventMessage {
  readonly topic: string;
  readonly key: string;
  readonly id: string;
  readonly type: string;
  readonly source: string;
  readonly time: Date;
  /** W3C trace context of the request that caused it. */
  readonly traceparent: string | undefined;
  readonly payload: Uint8Array;
  /** Attributes of one kind of message only, as a dead letter's reason. */
  readonly extensions?: Readonly<Record<string, string>>;
}
