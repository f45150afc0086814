import { CodedError } from '@viernes/contracts';
import { z } from 'zod';
import { defineOperation } from './operation.js';
import { parseInput } from './parse-input.js';

const operation = defineOperation({
  operationId: 'test',
  method: 'POST',
  path: '/tests/:id',
  tag: 'tests',
  summary: 'A test',
  auth: 'none',
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ size: z.coerce.number().max(10).optional() }),
  body: z.strictObject({ names: z.array(z.string()), inner: z.strictObject({ a: z.string() }).optional() }),
  success: { status: 200, description: 'Success' },
  errors: [],
});

const id = '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11';

function getErrorPaths(request: Parameters<typeof parseInput>[1]): string[] {
  try {
    parseInput(operation, request);
  } catch (error) {
    if (error instanceof CodedError) return error.fieldErrors.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('parseInput', () => {
  it('returns the parsed input', () => {
    const input = parseInput(operation, { params: { id }, query: { size: '3' }, body: { names: ['a'] } });
    expect(input).toEqual({ params: { id }, query: { size: 3 }, body: { names: ['a'] } });
  });

  it('reports all invalid and unknown fields together, each by its path', () => {
    const body = { names: ['a', 1], more: true, inner: { b: 1 } };
    expect(getErrorPaths({ params: { id: '7' }, query: { size: '11', page: '1' }, body })).toEqual([
      'id',
      'size',
      'page',
      'names.1',
      'inner.a',
      'inner.b',
      'more',
    ]);
  });

  it('uses the kind of input as path if no field can be named', () => {
    expect(getErrorPaths({ params: { id }, query: {}, body: undefined })).toEqual(['body']);
  });

  it('limits the number and the length of the reported paths', () => {
    const names = Array.from({ length: 5_000 }, () => 1);
    const unknown = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`made-up-${index}`, '1']));
    expect(getErrorPaths({ params: { id }, query: {}, body: { names } })).toHaveLength(20);
    expect(getErrorPaths({ params: { id }, query: unknown, body: {} })).toHaveLength(20);
    const long = { ['x'.repeat(5_000)]: '1' };
    for (const input of [
      { query: {}, body: long },
      { query: long, body: {} },
    ])
      expect(getErrorPaths({ params: { id }, ...input }).filter((path) => path.length > 200)).toEqual([]);
  });
});
