import { EventEmitter } from 'node:events';
import type { Metadata } from '@grpc/grpc-js';

/** A call without a network. Has the members of the `ServerUnaryCall` of grpc-js that controllers and policies use. */
export class InProcessCall extends EventEmitter {
  cancelled = false;
  responseMetadata: Metadata | undefined;

  /** @param deadline in epoch milliseconds, or Infinity */
  constructor(
    private readonly path: string,
    readonly metadata: Metadata,
    private readonly deadline: number,
  ) {
    super();
  }

  getPath(): string {
    return this.path;
  }

  getDeadline(): number {
    return this.deadline;
  }

  sendMetadata(metadata: Metadata): void {
    this.responseMetadata = metadata;
  }

  /** Signals to the controller that the caller has stopped waiting. Repeated calls have no effect. */
  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.emit('cancelled');
  }
}
