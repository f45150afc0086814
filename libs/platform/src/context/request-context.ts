import { AsyncLocalStorage } from 'node:async_hooks';
import { CodedError } from '@viernes/contracts';
import { newTraceId } from './trace-parent.js';

export type CallerRole = 'viewer' | 'editor';

/** Data that follows a request from the edge to the last query, without parameters. */
export interface RequestContext {
  readonly traceId: string;
  readonly accountId?: string;
  readonly sessionId?: string;
  readonly role?: CallerRole;
  /** The profile that the session has selected. */
  readonly profileId?: string;
  /** Titles for an older audience, and unrated ones, do not exist for the profile. Undefined: no ceiling. */
  readonly maximumAge?: number;
  /** The caller stops waiting at this time, in epoch milliseconds. */
  readonly deadlineAt?: number;
  /** Reads see all commits up to this one, or all if it is LATEST. A commit of the request advances it. */
  position?: string;
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

/** Returns the context of the current request. Outside of requests: a new trace without caller and deadline. */
export function currentContext(): RequestContext {
  return storage.getStore() ?? { traceId: newTraceId() };
}

/** Returns the context of the current request, undefined outside of requests. */
export function findContext(): RequestContext | undefined {
  return storage.getStore();
}

/** Runs work, and everything that it starts, in a context: it determines trace, caller, and deadline of logs and calls. */
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

/** @throws CodedError UNAUTHENTICATED, or FORBIDDEN if the caller is not an editor */
export function requireEditor(): Caller {
  const caller = requireCaller();
  if (caller.role !== 'editor') throw new CodedError('FORBIDDEN', { needs: 'editor' });
  return caller;
}
