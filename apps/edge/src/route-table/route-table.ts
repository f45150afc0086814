import {
  BODY_LIMIT_BYTES,
  bodyTypesOf,
  countsInQuota,
  DEFAULT_PRIORITY,
  DEFAULT_TIMEOUT_MS,
  type Operation,
} from '@viernes/gateway';

const COLUMNS = [
  'method',
  'path',
  'access',
  'scope of API keys',
  'cache',
  'rate limits',
  'quota',
  'body',
  'timeout',
  'overload priority',
  'entity tag',
  'position',
  'idempotency key',
  'deprecated',
] as const;

const GENERATED_TABLE = /(<!-- generated: routes -->\n)[^]*?(\n<!-- end -->)/;

/** One route with its policies as text. The text is empty if a policy does not apply. */
export type RouteRow = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** Describes the policies that the gateway derives from the declaration of an operation. */
export function toRouteRow(operation: Operation): RouteRow {
  const { method, path, cache, rateLimits = [], scope = '', idempotency, deprecated } = operation;
  const { isLong, streamsBody, priority = DEFAULT_PRIORITY } = operation;
  return {
    // Fastify routes HEAD with each GET.
    method: method === 'GET' ? 'GET, HEAD' : method,
    path,
    access: describeAccess(operation),
    'scope of API keys': scope,
    cache: cache ? `${cache.ttlSeconds} s, stale ${cache.staleSeconds} s` : '',
    'rate limits': ['plan', ...rateLimits].join(', '),
    quota: countsInQuota(operation) ? 'counted' : '',
    body: describeBody(operation),
    timeout: `${(operation.timeoutMs ?? DEFAULT_TIMEOUT_MS) / 1_000} s`,
    'overload priority': isLong || streamsBody ? '' : priority,
    'entity tag': describeEntityTag(operation),
    position: [operation.acceptsPosition && 'accepted', operation.returnsPosition && 'returned']
      .filter(Boolean)
      .join(', '),
    'idempotency key': idempotency ? (idempotency === 'stored' ? 'stored' : 'no effect') : '',
    deprecated: deprecated ? `use ${deprecated.successor.path}, sunset ${deprecated.sunset}` : '',
  };
}

/** Aligns the columns for a terminal. */
export function toText(rows: readonly RouteRow[]): string {
  const widths = COLUMNS.map((name) => Math.max(name.length, ...rows.map((row) => row[name].length)));
  const toLine = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [toLine(COLUMNS), ...rows.map((row) => toLine(COLUMNS.map((name) => row[name])))].join('\n');
}

/** Replaces the table in docs/routes.md, which is between two comments. */
export function updateRoutesPage(page: string, rows: readonly RouteRow[]): string {
  const toLine = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const toCells = (row: RouteRow) => COLUMNS.map((name) => (name === 'path' ? `\`${row.path}\`` : row[name]));
  const separator = `|${'---|'.repeat(COLUMNS.length)}`;
  const table = [toLine(COLUMNS), separator, ...rows.map((row) => toLine(toCells(row)))].join('\n');
  return page.replace(GENERATED_TABLE, (_: string, start: string, end: string) => start + table + end);
}

function describeAccess({ auth, role, cookie }: Operation): string {
  if (cookie !== undefined) return `cookie ${cookie}`;
  if (role) return `role ${role}`;
  return { none: 'public', optional: 'token optional', required: 'token' }[auth];
}

function describeBody({ body, streamsBody, maxBodyBytes = BODY_LIMIT_BYTES, ...operation }: Operation): string {
  if (streamsBody) return 'streamed';
  if (!body) return '';
  const types = bodyTypesOf(operation).map((type) => type.replace('application/', ''));
  return `${types.join(', ')}; ${maxBodyBytes / 1_024} KiB`;
}

function describeEntityTag({ cache, returnsEntityTag, requiresIfMatch }: Operation): string {
  if (requiresIfMatch) return 'If-Match required';
  if (returnsEntityTag) return 'returned';
  return cache ? 'if cached' : '';
}
