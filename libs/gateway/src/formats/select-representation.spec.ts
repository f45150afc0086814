import { z } from 'zod';
import { defineOperation } from '../routes/operation.js';
import { selectRepresentation } from './select-representation.js';

const read = { method: 'GET', tag: 'tests', summary: 'A test', auth: 'none', errors: [] } as const;
const success = { status: 200, description: 'Success', schema: z.object({}) };
const second = defineOperation({ ...read, operationId: 'second', path: '/v2/tests', success });
const deprecated = { since: '2026-01-01', sunset: '2027-01-01', successor: second, toOlder: () => ({}) };
const first = defineOperation({ ...read, operationId: 'first', path: '/v1/tests', success, deprecated });
const table = defineOperation({
  ...second,
  operationId: 'table',
  success: { ...success, csv: { rows: 'rows', columns: [] } },
});
const jsonOnly = defineOperation({ ...second, operationId: 'json', success: { ...success, isJsonOnly: true } });
const operations = { first, second, table, json: jsonOnly };

describe('selectRepresentation', () => {
  it.each([
    [undefined, 'first', 'application/json', 'first'],
    ['application/xml', 'first', 'application/xml', 'first'],
    ['application/vnd.viernes.v1+xml', 'first', 'application/vnd.viernes.v1+xml', 'first'],
    ['application/vnd.viernes.v2+json', 'first', 'application/vnd.viernes.v2+json', 'second'],
    [
      'application/vnd.viernes.v9+json, application/vnd.viernes.v2+xml;q=0.5',
      'first',
      'application/vnd.viernes.v2+xml',
      'second',
    ],
    ['application/vnd.viernes.v2+json', 'second', 'application/vnd.viernes.v2+json', 'second'],
    ['text/csv', 'table', 'text/csv', 'table'],
    ['text/csv;q=0.5, application/json', 'table', 'application/json', 'table'],
    ['application/xml, */*;q=0.1', 'json', 'application/json', 'json'],
  ] as const)('for the header %j on %s, selects the type %s of %s', (accept, requested, type, operationId) => {
    const selected = selectRepresentation(accept, operations[requested]);
    expect(selected).toMatchObject({ type, operation: { operationId } });
  });

  it.each([
    ['application/vnd.viernes.v9+json', first],
    ['application/vnd.viernes.v1+json', second],
    ['application/xml', jsonOnly],
    ['text/html', first],
    ['text/csv', first],
  ])('selects nothing for %j if the operation has no such representation', (accept, operation) => {
    expect(selectRepresentation(accept, operation)).toBeUndefined();
  });
});
