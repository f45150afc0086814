import { DEFAULT_LANGUAGE, getTranslations, LANGUAGES, translate } from '@viernes/translations';
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
});

describe('the texts of reasons with values', () => {
  const VALUES = {
    minLength: { count: 5 },
    maxLength: { count: 5 },
    minItems: { count: 5 },
    maxItems: { count: 5 },
    maxFields: { count: 5 },
    nestedElements: { count: 5 },
    nestedValues: { count: 5 },
    minimum: { minimum: 5 },
    maximum: { maximum: 5 },
    maximumForKids: { maximum: 5 },
    above: { minimum: 5 },
    below: { maximum: 5 },
    options: { options: 'a, b' },
    usagePeriod: { days: 5 },
    partSize: { size: 5 },
    storedSize: { size: 5 },
    jobKind: { kind: 'probe' },
    rootElement: { name: 'Envelope' },
    forbiddenElement: { name: 'script' },
  } as const;
  const reasons = Object.keys(VALUES) as (keyof typeof VALUES)[];

  it.each(reasons)('the text of %s contains its value in every language', (reason) => {
    const [value] = Object.values(VALUES[reason]);
    for (const language of LANGUAGES)
      expect(translate(`fieldErrors.${reason}`, VALUES[reason], language)).toContain(String(value));
  });

  it('no other text contains a value', () => {
    const texts = Object.entries(getTranslations(DEFAULT_LANGUAGE).fieldErrors);
    const withValues = texts.filter(([, text]) => text.includes('{{')).map(([key]) => key.replace(/_(one|other)$/, ''));
    expect(new Set(withValues)).toEqual(new Set(reasons));
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
