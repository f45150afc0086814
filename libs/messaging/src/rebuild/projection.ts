import type { Type } from '@nestjs/common';
import type { AnyEventHandler } from '../event/event-handler.js';

/**
 * Tables that contain only what handlers derive from events, so that they can be rebuilt. The topics of the events have
 * unlimited retention. No foreign key refers to the tables, and nothing else writes to them.
 */
export interface Projection {
  /** Lower-case letters and underscores. */
  readonly name: string;
  /** All handlers that write to the tables. */
  readonly handlers: readonly Type<AnyEventHandler>[];
  readonly tables: readonly string[];
}

/** The rebuild cannot run, or would not be exact. Nothing has changed. The message is for operators. */
export class RebuildRejectedError extends Error {
  override readonly name = 'RebuildRejectedError';
}
