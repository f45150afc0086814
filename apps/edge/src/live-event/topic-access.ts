import { CodedError } from '@viernes/contracts';
import { assertUnlimitedProfile, hasRole, type CallerRole } from '@viernes/platform';
import type { LiveTopic } from './live-event.schema.js';

/** The caller of a connection. */
export interface Subscriber {
  readonly role: CallerRole;
  /** Undefined for a session. */
  readonly apiKeyId?: string;
  readonly profileId?: string;
  readonly maximumAge?: number;
}

/**
 * Checks the same requirements as the HTTP operations for this data.
 *
 * @throws CodedError FORBIDDEN, SCOPE_MISSING, PROFILE_NOT_SELECTED, PROFILE_LIMITED
 */
export function requireTopics({ role, apiKeyId, ...profile }: Subscriber, topics: readonly LiveTopic[]): void {
  for (const topic of topics) {
    if ((topic === 'uploads' || topic === 'transcodes') && !hasRole(role, 'editor'))
      throw new CodedError('FORBIDDEN', { topic });
    if (topic !== 'session') continue;
    // No scope covers the sessions of an account, and children do not manage them.
    if (apiKeyId !== undefined) throw new CodedError('SCOPE_MISSING', { topic });
    assertUnlimitedProfile(profile);
  }
}
