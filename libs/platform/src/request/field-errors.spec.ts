import { LANGUAGES, translate } from '@viernes/translations';
import { z } from 'zod';
import { fieldError, isFieldErrorReason, toFieldErrors } from './field-errors.js';

describe('toFieldErrors', () => {
  const toReasons = (schema: z.ZodType, value: unknown) =>
    toFieldErrors(schema.safeParse(value).error?.issues ?? []).map(({ reason, values }) => [reason, values]);

  it.each([
    [z.string(), undefined, 'missing', undefined],
    [z.string(), 1, 'string', undefined],
    [z.number(), '1', 'number', undefined],
    [z.int(), 1.5, 'int', undefined],
    [z.boolean(), 'x', 'boolean', undefined],
    [z.array(z.string()), 'x', 'array', undefined],
    [z.string().min(10), [], 'string', undefined],
    [z.array(z.string()).max(1), 'abc', 'array', undefined],
    [z.object({}), 'x', 'object', undefined],
    [z.map(z.string(), z.string()), 'x', 'invalid', undefined],
    [z.string().min(2), 'a', 'minLength', { count: 2 }],
    [z.string().max(2), 'abc', 'maxLength', { count: 2 }],
    [z.array(z.string()).min(1), [], 'minItems', { count: 1 }],
    [z.array(z.string()).max(1), ['a', 'b'], 'maxItems', { count: 1 }],
    [z.number().min(3), 2, 'minimum', { minimum: 3 }],
    [z.number().max(3), 4, 'maximum', { maximum: 3 }],
    [z.number().gt(3), 3, 'above', { minimum: 3 }],
    [z.number().lt(3), 3, 'below', { maximum: 3 }],
    [z.enum(['film', 'series']), 'book', 'options', { options: 'film, series' }],
    [z.strictObject({}), { a: 1 }, 'unknownField', undefined],
    [z.guid(), 'x', 'uuid', undefined],
    [z.iso.datetime(), 'x', 'dateTime', undefined],
    [z.iso.date(), 'x', 'date', undefined],
    [z.string().regex(/a/), 'b', 'pattern', undefined],
    [z.string().regex(/a/, fieldError('pin')), 'b', 'pin', undefined],
    [z.string().refine(() => false, fieldError('maxLength', { count: 5 })), 'b', 'maxLength', { count: 5 }],
    [z.union([z.string(), z.number()]), true, 'invalid', undefined],
  ])('names the reason of each issue: %#', (schema, value, reason, values) => {
    expect(toReasons(schema, value)).toEqual([[reason, values]]);
  });

  it('joins the parts of the path of a field with dots', () => {
    const { error } = z.object({ genres: z.array(z.string()) }).safeParse({ genres: ['a', 1] });
    expect(toFieldErrors(error?.issues ?? [])).toEqual([{ path: 'genres.1', reason: 'string' }]);
  });

  it('returns reasons whose texts contain all of their values', () => {
    for (const language of LANGUAGES) {
      expect(translate('fieldErrors.maxLength', { count: 5 }, language)).toContain('5');
      expect(translate('fieldErrors.below', { maximum: 5 }, language)).toContain('5');
      expect(translate('fieldErrors.above', { minimum: 5 }, language)).toContain('5');
      expect(translate('fieldErrors.options', { options: 'a, b' }, language)).toContain('a, b');
    }
  });
});

describe('isFieldErrorReason', () => {
  it('recognizes reasons with and without plural forms', () => {
    expect(['maxLength', 'missing', 'maxLength_one', 'no-such'].map(isFieldErrorReason)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
