import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from '@opentelemetry/api';
import { CodedError } from '@viernes/contracts';
import { newTraceId } from './trace-parent.js';

/** Each role includes the rights of those before it. */
export const ROLES = ['viewer', 'editor', 'admin'] as const;

export type CallerRole = (typeof ROLES)[number];

/** Data of a request that every function can read, from the edge to the last query, without a parameter for it. */
export interface RequestContext {
  readonly traceId: string;
  /** The first span of this process in the trace. Undefined if the trace is not sampled. */
  readonly span?: Span;
  readonly accountId?: string;
  readonly sessionId?: string;
  readonly role?: CallerRole;
  /** The profile that the session has selected. */
  readonly profileId?: string;
  /** Titles for an older audience, and unrated ones, do not exist for the profile. Undefined: no maximum age. */
  readonly maximumAge?: number;
  /** Only in requests of operations that record it. */
  readonly client?: Client;
  /** The caller stops waiting at this time, in epoch milliseconds. */
  deadlineAt?: number;
  /** Reads see all commits up to this one, or all if it is LATEST. A commit of the request advances it. */
  position?: string;
  /** Repeated requests with this key have one effect. Secret, and different for each caller. */
  readonly idempotencyKey?: string;
  /** Calls go to the canary of a service that has one. */
  readonly isCanary?: boolean;
  /** The response is the stored one of an earlier request with the same key. */
  isReplayed?: boolean;
}

/** The client that sent a request. */
export interface Client {
  readonly address: string;
  /** Printable ASCII, truncated to a maximum length. */
  readonly userAgent: string;
}

/** The signed-in account of a request. */
export interface Caller {
  readonly accountId: string;
  readonly sessionId: string;
  readonly role: CallerRole;
  readonly profileId?: string;
  readonly maximumAge?: number;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** Returns the context of the current request. Outside of requests, it has a new trace, and no caller or deadline. */
export function currentContext(): RequestContext {
  return storage.getStore() ?? { traceId: newTraceId() };
}

/** Returns the context of the current request, undefined outside of requests. */
export function findContext(): RequestContext | undefined {
  return storage.getStore();
}

/**
 * Runs work, and everything that it starts, in a context, which determines trace, caller, and deadline of logs and
 * calls.
 */
export function runInContext<Result>(context: RequestContext, work: () => Result): Result {
  return storage.run(context, work);
}

/** @throws CodedError UNAUTHENTICATED if the request has no signed-in caller */
export function requireCaller(): Caller {
  const { accountId, sessionId, role, profileId, maximumAge } = currentContext();
  if (!accountId || !sessionId || !role) throw new CodedError('UNAUTHENTICATED');
  return {
    accountId,
    sessionId,
    role,
    ...(profileId && { profileId }),
    ...(maximumAge !== undefined && { maximumAge }),
  };
}

/** Returns whether a role includes the rights of another one. An undefined role has no rights. */
export function hasRole(role: CallerRole | undefined, needed: CallerRole): boolean {
  return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** @throws CodedError UNAUTHENTICATED, or FORBIDDEN if the caller does not have the rights of the role */
export function requireRole(needed: CallerRole): Caller {
  const caller = requireCaller();
  if (!hasRole(caller.role, needed)) throw new CodedError('FORBIDDEN', { needs: needed });
  return caller;
}
