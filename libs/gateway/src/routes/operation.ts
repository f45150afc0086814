import type { ApiKeyScope, ErrorCode } from '@viernes/contracts';
import type { CallerRole } from '@viernes/platform';
import type { z } from 'zod';
import type { Priority } from './priority.js';
import type { SelectableResponse } from './selection.js';

/**
 * How an operation treats the Authorization header and the session cookie: `none` ignores them, `optional` verifies them if
 * they are sent, `required` rejects a request without one.
 */
export type AuthMode = 'none' | 'optional' | 'required';

/** The scope that an API key needs to call an operation. `none`: no API key can call it. `any`: each one can. */
type OperationScope = ApiKeyScope | 'none' | 'any';

/**
 * Each operation that identifies callers declares the scope that API keys need, so that none is accessible by accident.
 */
type Authentication =
  | { readonly auth: 'none'; readonly scope?: undefined }
  | { readonly auth: 'optional' | 'required'; readonly scope: OperationScope };

export const JSON_TYPE = 'application/json';
export const XML_TYPE = 'application/xml';
export const MERGE_PATCH_TYPE = 'application/merge-patch+json';

/**
 * The response to a repeated request with the same Idempotency-Key: the `stored` one, or that of another execution.
 * `notStored` states why the latter does no harm.
 */
export type Idempotency = 'stored' | { readonly notStored: string };

/** The rows of a body as CSV. */
export interface CsvTable {
  /** The field of the body that contains the rows. */
  readonly rows: string;
  /** Fields of a row. */
  readonly columns: readonly string[];
}

export interface SuccessResponse {
  readonly status: number;
  readonly description: string;
  /** Schema of a body that is JSON, or XML if the client prefers it. */
  readonly schema?: z.ZodType;
  /** Serializes the body as JSON. Default: JSON.stringify. */
  toJson?(body: unknown): string;
  /** The body is CSV if the client prefers it. Clients receive only the rows: return other fields in headers, too. */
  readonly csv?: CsvTable;
  /** Clients select fields with the parameters of `selectionQuery`, which the query must contain. */
  readonly selectable?: SelectableResponse;
  /** The body is defined as JSON, so that it has no XML representation. */
  readonly isJsonOnly?: true;
  /** Content type of a body without a schema: `text/event-stream`. */
  readonly contentType?: string;
  /** Documented headers with their descriptions. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A response that is neither the usual success nor a problem: `206 Partial Content`. */
export interface OtherResponse {
  readonly description: string;
  /** Absent if the response has no body. */
  readonly contentType?: string;
}

/**
 * Stores the responses to requests that have neither an Authorization header nor a session cookie. Other requests
 * neither read nor write the cache. Only for public reads of JSON. The handler excludes single responses with
 * `preventCaching`.
 */
export interface CachePolicy {
  /** Time until a response is refreshed, if no event invalidates it earlier. */
  readonly ttlSeconds: number;
  /** Additional time in which an expired response is served while it is refreshed, or if that fails. */
  readonly staleSeconds: number;
  /** Names the data in the response, which events invalidate. Receives the validated path parameters. */
  readonly tags: (params: Readonly<Record<string, string>>) => readonly string[];
}

/** The deprecation of an operation whose successor returns a better representation of the same data (RFC 9745, RFC 8594). */
interface Deprecation {
  /** The day since which clients should use the successor: `2026-11-23`. */
  readonly since: string;
  /** The day from which the operation can be removed: `2027-06-30`. */
  readonly sunset: string;
  /** The same read in a later version. Its media type also selects it on the path of this operation. */
  readonly successor: Operation;
  /** Converts the body of a response of the successor into that of this operation. */
  toOlder(body: unknown): unknown;
}

/** The messages of a WebSocket. Each is an object with a field that distinguishes them. */
export interface WebSocketMessages {
  readonly clientMessage: z.ZodType;
  /** Without error messages, which are the same for all operations. */
  readonly serverMessage: z.ZodType;
}

/** One method of one path. Route, validation, access check, handler types and documentation are derived from it. */
export type Operation = OperationFields & Authentication;

interface OperationFields {
  readonly operationId: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** In the syntax of the router: `/v1/titles/:id`. Contains the version. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Role whose rights the caller must have. Requires `auth: 'required'`. */
  readonly role?: CallerRole;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  /** Schema of a body that is JSON or XML. */
  readonly body?: z.ZodType;
  /** The body is neither JSON nor XML, but a JSON Merge Patch (RFC 7396). */
  readonly bodyType?: typeof MERGE_PATCH_TYPE;
  /** Limit of the body, if it differs from that of the server. */
  readonly maxBodyBytes?: number;
  /** The handler reads the raw body of any content type, and limits its size and duration. */
  readonly streamsBody?: true;
  /**
   * Calls count toward the rate of the caller's plan, but not toward its calls per month. The default for operations
   * with the scope `none`, so that an owner whose programs have used the quota can still manage the account.
   */
  readonly quota?: 'exempt';
  /** Names of rate limits in addition to the plan, which counts every operation. The handler counts the request in them. */
  readonly rateLimits?: readonly string[];
  /**
   * A GET opens a WebSocket whose messages are JSON with these schemas. Requires `isLong`, and 101 as `success`. The
   * handler receives the connection with `@Connection()`.
   */
  readonly webSocket?: WebSocketMessages;
  /** The duration depends on the client or on a file. Not limited by overload protection. */
  readonly isLong?: true;
  /**
   * Which requests are rejected first under overload: `batch`, then those without a declaration, which are `browsing`.
   * `playback` is only for operations that a player needs to continue.
   */
  readonly priority?: Exclude<Priority, 'browsing'>;
  /** Name of the cookie that authenticates the caller instead of a token. */
  readonly cookie?: string;
  /** Returns the access token in a cookie if the request has the header `Viernes-Session: cookie`. */
  readonly offersCookieSession?: true;
  /**
   * The response contains a token. It is never compressed: an attacker who controls some of its content could derive
   * the token from its length (BREACH).
   */
  readonly returnsCredentials?: true;
  /** A service records the address and the user agent of the client. */
  readonly recordsClient?: true;
  readonly cache?: CachePolicy;
  /** A successful response has an entity tag, even if the request has a token. */
  readonly returnsEntityTag?: true;
  /** A request without `If-Match` is rejected. The handler compares the entity tags with `matchesIfMatch`. */
  readonly requiresIfMatch?: true;
  /** The response contains the latest write of a client that sends the position of this write. */
  readonly acceptsPosition?: true;
  /** The response contains the position of the write, if replicas serve reads. */
  readonly returnsPosition?: true;
  /** Required for POST, and not allowed for other methods. */
  readonly idempotency?: Idempotency;
  /** The handler returns the body of the latest successor. */
  readonly deprecated?: Deprecation;
  readonly success: SuccessResponse;
  readonly otherResponses?: Readonly<Record<number, OtherResponse>>;
  /** Error codes of this operation, without those that every operation can return. */
  readonly errors: readonly ErrorCode[];
  /** Time until the response must be complete. Defaults to DEFAULT_TIMEOUT_MS. */
  readonly timeoutMs?: number;
}

export const DEFAULT_TIMEOUT_MS = 5_000;

/** Whether a request of an operation uses a call of the month, in addition to the rate. */
export function countsInQuota({ quota, scope }: Operation): boolean {
  return quota !== 'exempt' && scope !== 'none';
}

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

/** The validated input of an operation's handler. */
export interface InputOf<Declared extends Operation> {
  readonly params: Parsed<Declared['params']>;
  readonly query: Parsed<Declared['query']>;
  readonly body: Parsed<Declared['body']>;
}

/** The body that an operation's handler returns. */
export type ResponseOf<Declared extends Operation> = Declared['success'] extends {
  readonly schema: infer Schema extends z.ZodType;
}
  ? z.infer<Schema>
  : void;

/** Returns the content types that are accepted for the body of an operation. */
export function bodyTypesOf({ bodyType }: Operation): readonly string[] {
  return bodyType ? [bodyType] : [JSON_TYPE, XML_TYPE];
}

/** Preserves the exact types of an operation for InputOf and ResponseOf. */
export function defineOperation<const Declared extends Operation>(operation: Declared): Declared {
  return operation;
}
