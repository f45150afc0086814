import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { OPERATIONS } from '../openapi/operations.js';
import { toRouteRow, toText } from './route-table.js';

const declared = { operationId: 'x', tag: 't', summary: 's', errors: [] } as const;
const success = { status: 200, description: 'd' } as const;

describe('the route table', () => {
  it('shows the policies that a public read declares', () => {
    const cache = { ttlSeconds: 10, staleSeconds: 60, tags: () => [] };
    const read = { ...declared, method: 'GET', path: '/v1/x', auth: 'optional', scope: 'catalog:read', cache } as const;
    expect(toRouteRow(defineOperation({ ...read, success, acceptsPosition: true }))).toEqual({
      method: 'GET, HEAD',
      path: '/v1/x',
      access: 'token optional',
      'scope of API keys': 'catalog:read',
      cache: '10 s, stale 60 s',
      'rate limits': 'plan',
      quota: 'counted',
      body: '',
      timeout: '5 s',
      'overload priority': 'browsing',
      'entity tag': 'if cached',
      position: 'accepted',
      'idempotency key': '',
      deprecated: '',
    });
  });

  it('shows the role, the limits and the body of a write', () => {
    const access = { auth: 'required', role: 'editor', scope: 'none' } as const;
    const write = { ...declared, ...access, method: 'PUT', path: '/v1/x', success } as const;
    const policies = { body: z.object({}), maxBodyBytes: 2_048, timeoutMs: 30_000, requiresIfMatch: true } as const;
    expect(toRouteRow({ ...write, ...policies, rateLimits: ['sign-in-ip'], returnsPosition: true })).toMatchObject({
      access: 'role editor',
      'rate limits': 'plan, sign-in-ip',
      body: 'json, xml; 2 KiB',
      timeout: '30 s',
      'entity tag': 'If-Match required',
      position: 'returned',
    });
    expect(toRouteRow({ ...write, streamsBody: true })).toMatchObject({ body: 'streamed', 'overload priority': '' });
  });

  it('shows the role and the rate limits that the routes enforce', () => {
    const rows = OPERATIONS.map(toRouteRow);
    const find = (path: string) => rows.find((row) => row.path === path && row.method === 'POST');
    expect(find('/v1/titles')?.access).toBe('role editor');
    expect(find('/v1/titles')?.['idempotency key']).toBe('stored');
    expect(find('/v1/sessions')?.['rate limits']).toBe('plan, sign-in-ip, sign-in');
  });

  it('shows which operations are rejected last and first under overload', () => {
    const rows = OPERATIONS.map(toRouteRow);
    const ofPriority = (priority: string) =>
      rows.filter((row) => row['overload priority'] === priority).map(({ method, path }) => `${method} ${path}`);
    expect(ofPriority('playback')).toEqual([
      'POST /v1/sessions/refresh',
      'POST /v1/playback',
      'GET, HEAD /v1/playback/:id/master.m3u8',
      'GET, HEAD /v1/playback/:id/renditions/:renditionId.m3u8',
      'POST /v1/playback/:id/heartbeats',
      'DELETE /v1/playback/:id',
    ]);
    expect(ofPriority('batch')).toEqual(['POST /v1/title-imports', 'GET, HEAD /v1/title-exports']);
  });

  it('shows the successor and the sunset of a deprecated route', () => {
    const row = OPERATIONS.map(toRouteRow).find(({ path }) => path === '/v1/title-suggestions');
    expect(row?.deprecated).toBe('use /v2/title-suggestions, sunset 2027-06-30');
  });

  it('the route table has one line per route in aligned columns', () => {
    const rows = OPERATIONS.map(toRouteRow);
    const lines = toText(rows).split('\n');
    expect(lines).toHaveLength(OPERATIONS.length + 1);
    const column = lines[0]?.indexOf('path') ?? 0;
    for (const [index, row] of rows.entries()) expect(lines[index + 1]?.slice(column).startsWith(row.path)).toBe(true);
  });
});
