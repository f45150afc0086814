import { fastify } from 'fastify';
import { z } from 'zod';
import { defineOperation, type Operation } from '../routes/operation.js';
import { observeDeprecatedOperations, requireValidDeprecation } from './deprecated-operations.js';
import { findVersion, listSuccessors, toVersion, versionOf } from './versions.js';

const success = { status: 200, description: 'Success', schema: z.object({}) };
const read = { method: 'GET', tag: 'tests', summary: 'A test', auth: 'none', success, errors: [] } as const;
const period = { since: '2026-01-01', sunset: '2027-01-01' };
const third = defineOperation({ ...read, operationId: 'third', path: '/v3/tests/:id' });
const second = defineOperation({
  ...read,
  operationId: 'second',
  path: '/v2/tests/:id',
  deprecated: { ...period, successor: third, toOlder: (body: readonly string[]) => ({ names: body }) },
});
const first = defineOperation({
  ...read,
  operationId: 'first',
  path: '/v1/tests/:id',
  deprecated: { ...period, successor: second, toOlder: (body: { names: readonly string[] }) => body.names.join() },
});

describe('the versions of an operation', () => {
  it('reads the version of an operation from its path, and finds others through its successors', () => {
    expect([first, third, { path: '/problems/:type' }].map(versionOf)).toEqual([1, 3, 1]);
    expect([undefined, 1, 2, 3, 4].map((version) => findVersion(first, version)?.operationId)).toEqual([
      'first',
      'first',
      'second',
      'third',
      undefined,
    ]);
    expect(listSuccessors(first)).toEqual([second, third]);
  });

  it('converts a body from the latest version, step by step', () => {
    expect([third, second, first].map((operation) => toVersion(operation, ['a', 'b']))).toEqual([
      ['a', 'b'],
      { names: ['a', 'b'] },
      'a,b',
    ]);
  });
});

describe('a deprecated operation', () => {
  it('serves a deprecated operation after its sunset, and logs a warning at start', async () => {
    const warnings: unknown[] = [];
    const server = fastify();
    observeDeprecatedOperations(server, { warn: (fields: unknown) => void warnings.push(fields) });
    const past = { ...first, deprecated: { ...first.deprecated, since: '2019-01-01', sunset: '2020-01-01' } };
    const future = { ...second, deprecated: { ...second.deprecated, sunset: '2999-01-01' } };
    for (const operation of [past, future, third])
      server.get(operation.path, { config: { operation } }, () => 'served');
    await server.ready();
    expect(warnings).toEqual([{ operationId: 'first', sunset: '2020-01-01' }]);
    expect((await server.inject('/v1/tests/1')).body).toBe('served');
  });

  const invalid: readonly (readonly [string, Operation])[] = [
    ['it is not a read', { ...first, method: 'DELETE' }],
    ['a body has no schema', { ...first, success: { status: 204, description: 'Empty' } }],
    ['clients can select fields', { ...first, success: { ...success, selectable: {} } }],
    ['it or its successor returns an entity tag', { ...first, returnsEntityTag: true }],
    ['its successor has no later version', { ...first, path: '/v2/tests' }],
    ['its sunset is before its deprecation', { ...first, deprecated: { ...first.deprecated, sunset: '2025-01-01' } }],
    ['a date is invalid', { ...first, deprecated: { ...first.deprecated, since: 'soon' } }],
    ['a date is invalid', { ...first, deprecated: { ...first.deprecated, sunset: '2027-13-01' } }],
  ];
  it.each(invalid)('does not register a deprecated operation if %s', (violation, operation) => {
    expect(() => requireValidDeprecation(operation)).toThrow(`first cannot be deprecated like this: ${violation}`);
  });

  it('registers operations whose deprecation is valid, and those without one', () => {
    for (const operation of [first, second, third]) expect(() => requireValidDeprecation(operation)).not.toThrow();
  });
});
