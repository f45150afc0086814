import { ERRORS, type ErrorCode } from '@viernes/contracts';
import { countsInQuota, PROBLEM_TYPE, PROBLEM_XML_TYPE, toProblem, type Operation } from '@viernes/gateway';
import { getProblemTitle } from '@viernes/translations';
import type { JsonSchema } from './schemas.js';

/** Errors that every operation can return. */
const COMMON_ERRORS: readonly ErrorCode[] = ['RATE_LIMITED', 'DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'INTERNAL'];

const EXAMPLE_TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

/** Error responses are shared components: most operations return the same ones. */
export class ProblemResponses {
  readonly components: Record<string, JsonSchema> = {};

  constructor(private readonly problemRef: JsonSchema) {}

  addAll(codes: Iterable<ErrorCode>): Record<string, JsonSchema> {
    const byStatus = new Map<number, ErrorCode[]>();
    for (const code of codes) {
      const { http } = ERRORS[code];
      byStatus.set(http, [...(byStatus.get(http) ?? []), code]);
    }
    const entries = [...byStatus].sort(([a], [b]) => a - b);
    return Object.fromEntries(entries.map(([status, group]) => [String(status), this.add(group)]));
  }

  private add(codes: readonly ErrorCode[]): JsonSchema {
    const name = codes.map(toPascalCase).join('Or');
    const examples = Object.fromEntries(codes.map((code) => [code, toExample(code)]));
    this.components[name] ??= {
      description: codes.map((code) => getProblemTitle(code)).join('. '),
      content: {
        [PROBLEM_TYPE]: { schema: this.problemRef, examples },
        [PROBLEM_XML_TYPE]: { schema: this.problemRef },
      },
    };
    return { $ref: `#/components/responses/${name}` };
  }
}

function toExample(code: ErrorCode): JsonSchema {
  const fieldErrors =
    code === 'REQUEST_INVALID' ? [{ path: 'pageSize', reason: 'maximum', values: { maximum: 100 } } as const] : [];
  return {
    summary: getProblemTitle(code),
    value: toProblem(code, { url: '/v1/titles', traceId: EXAMPLE_TRACE_ID, fieldErrors }),
  };
}

/** Lists the error codes that an operation can return. */
export function listErrors(operation: Operation): ReadonlySet<ErrorCode> {
  const {
    method,
    params,
    query,
    body,
    streamsBody,
    isLong,
    success,
    auth,
    role,
    requiresIfMatch,
    acceptsPosition,
    idempotency,
    webSocket,
    errors,
  } = operation;
  return new Set<ErrorCode>([
    ...(params || query || body ? (['REQUEST_INVALID'] as const) : []),
    ...(body ? (['BODY_TOO_LARGE'] as const) : []),
    ...(body || streamsBody ? (['MEDIA_TYPE_UNSUPPORTED'] as const) : []),
    ...(success.schema ? (['NOT_ACCEPTABLE'] as const) : []),
    ...(auth === 'none' ? [] : (['UNAUTHENTICATED', 'SESSION_ENDED', 'SCOPE_MISSING'] as const)),
    ...(webSocket ? (['REQUEST_INVALID', 'UPGRADE_REQUIRED', 'OVERLOADED', 'CSRF_REJECTED'] as const) : []),
    ...(auth === 'none' || method === 'GET' ? [] : (['CSRF_REJECTED'] as const)),
    ...(role ? (['FORBIDDEN'] as const) : []),
    ...(requiresIfMatch ? (['PRECONDITION_REQUIRED'] as const) : []),
    ...(acceptsPosition ? (['POSITION_INVALID'] as const) : []),
    ...(idempotency ? (['IDEMPOTENCY_KEY_INVALID'] as const) : []),
    ...(idempotency === 'stored' ? (['IDEMPOTENCY_KEY_IN_USE', 'IDEMPOTENCY_KEY_REUSED'] as const) : []),
    ...errors,
    ...(countsInQuota(operation) ? (['QUOTA_EXCEEDED'] as const) : []),
    ...COMMON_ERRORS,
    ...(isLong || streamsBody ? [] : (['OVERLOADED'] as const)),
  ]);
}

function toPascalCase(code: ErrorCode): string {
  return code.replaceAll(/([A-Z])([A-Z]*)_?/g, (_match, first: string, rest: string) => first + rest.toLowerCase());
}
