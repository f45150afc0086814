import type { CodedError } from '@viernes/contracts';
import type { CallerRole, RequestContext } from '@viernes/platform';
import type { Decision } from '../plans/leased-budgets.js';
import type { InputOf, Operation } from './operation.js';

export interface VerifiedCaller {
  readonly accountId: string;
  /** ID of the session, or of the secret of the API key, which can be revoked. */
  readonly sessionId: string;
  readonly role: CallerRole;
  /** Scopes of the API key. Undefined for a session, which scopes do not limit. */
  readonly scopes?: ReadonlySet<string>;
  /** The profile that the session has selected, or for which the API key acts. */
  readonly profileId?: string;
  /** Maximum age of the profile. Undefined if it has none. */
  readonly maximumAge?: number;
  /** Plan of the account. Undefined: the default plan. */
  readonly plan?: string;
  /** Undefined for a session. */
  readonly apiKeyId?: string;
  /** Lifetime of the session's access tokens, or of the cached verification of the API key. */
  readonly tokenLifeSeconds: number;
  /** Expiry of the access token, or of the API key. */
  readonly expiresAtMs: number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Trace ID, deadline and, once known, the caller. gRPC calls forward them. */
    requestContext: RequestContext;
    /** The caller, if the request has a valid token or API key. */
    caller: VerifiedCaller | null;
    /** Whether the caller was identified before the entire body had arrived. */
    isBodyPending: boolean;
    /** The error that the response reports. */
    codedError: CodedError | null;
    /** The remaining budgets of the caller, after the request is counted. */
    planDecisions: readonly Decision[] | null;
    /** The validated input of an operation without a body. Null before its first use. */
    input: InputOf<Operation> | null;
    /** Whether the request occupies a slot of its operation (overload protection). */
    isAdmitted: boolean;
  }
  interface FastifyContextConfig {
    readonly operation?: Operation;
    /** The route serves files of the web app to everyone. */
    readonly servesWebApp?: true;
    /** The route carries calls of operations through this other API. Policies apply to each call: see `dispatch`. */
    readonly carries?: string;
  }
}
