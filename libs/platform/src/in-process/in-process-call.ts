import { EventEmitter } from 'node:events';
import type { Metadata } from '@grpc/grpc-js';

/** A call without a network, with what controllers and policies use of the `ServerUnaryCall` of grpc-js. */
export class InProcessCall extends EventEmitter {
  cancelled = false;

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

  /** Signals to the controller that the caller has stopped waiting. Repeated calls have no effect. */
  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.emit('cancelled');
  }
}
