import { CodedError } from '@viernes/contracts';
import { hasRole, type CallerRole } from '@viernes/platform';
import type { LiveTopic } from './live-event.schema.js';

/** The caller of a connection. */
export interface Subscriber {
  readonly role: CallerRole;
  /** Undefined for a session. */
  readonly apiKeyId?: string;
}

/** Requires what the HTTP operations for the same data require. @throws CodedError FORBIDDEN, SCOPE_MISSING */
export function requireTopics({ role, apiKeyId }: Subscriber, topics: readonly LiveTopic[]): void {
  for (const topic of topics) {
    if ((topic === 'uploads' || topic === 'transcodes') && !hasRole(role, 'editor'))
      throw new CodedError('FORBIDDEN', { topic });
    // No scope covers the sessions of an account.
    if (topic === 'session' && apiKeyId !== undefined) throw new CodedError('SCOPE_MISSING', { topic });
  }
}
