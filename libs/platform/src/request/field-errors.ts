import type { FieldError, FieldErrorReason } from '@viernes/contracts';
import { DEFAULT_LANGUAGE, getTranslations } from '@viernes/translations';
import type { z } from 'zod';

/** The names of all reasons. The keys of texts with plural forms have a suffix. */
const REASONS: ReadonlySet<string> = new Set(
  Object.keys(getTranslations(DEFAULT_LANGUAGE).fieldErrors).map((key) => key.replace(/_(one|other)$/, '')),
);

/**
 * Creates the error of a zod check: `.regex(PIN, fieldError('pin'))`. Its text is in the translations. Only the checks
 * `refine` and `superRefine` can have values.
 */
export function fieldError(reason: FieldErrorReason, values?: FieldError['values']) {
  return { error: reason, ...(values && { params: values }) };
}

/**
 * Returns the path of each issue, such as `genres.0`, and its reason. Omits further issues of a value with the wrong
 * type: if a list replaces a text, zod also reports its length.
 */
export function toFieldErrors(issues: readonly z.core.$ZodIssue[]): FieldError[] {
  const fields = issues.map((issue) => ({ issue, path: issue.path.map(String).join('.') }));
  const wrongTypes = new Set(fields.filter(({ issue }) => issue.code === 'invalid_type').map(({ path }) => path));
  return fields
    .filter(({ issue, path }) => issue.code === 'invalid_type' || !wrongTypes.has(path))
    .map(({ issue, path }) => ({ path, ...toReason(issue) }));
}

type Reason = Pick<FieldError, 'reason' | 'values'>;

/** Returns the reason of an issue without its path. */
export function toReason(issue: z.core.$ZodIssue): Reason {
  if (isFieldErrorReason(issue.message)) {
    const values = issue.code === 'custom' ? (issue.params as FieldError['values']) : undefined;
    return { reason: issue.message, ...(values && { values }) };
  }
  switch (issue.code) {
    case 'invalid_type':
      return { reason: toTypeReason(issue) };
    case 'too_small':
      return toLimitReason(
        issue.origin,
        Number(issue.minimum),
        MINIMUM[issue.inclusive === false ? 'exclusive' : 'inclusive'],
      );
    case 'too_big':
      return toLimitReason(
        issue.origin,
        Number(issue.maximum),
        MAXIMUM[issue.inclusive === false ? 'exclusive' : 'inclusive'],
      );
    case 'invalid_value':
      return { reason: 'options', values: { options: issue.values.map(String).join(', ') } };
    case 'invalid_format':
      return { reason: FORMATS[issue.format] ?? 'pattern' };
    case 'unrecognized_keys':
      return { reason: 'unknownField' };
    default:
      return { reason: 'invalid' };
  }
}

const TYPES: Readonly<Partial<Record<string, FieldErrorReason>>> = {
  string: 'string',
  number: 'number',
  int: 'int',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
};

const FORMATS: Readonly<Partial<Record<string, FieldErrorReason>>> = {
  guid: 'uuid',
  uuid: 'uuid',
  datetime: 'dateTime',
  date: 'date',
  url: 'url',
  email: 'email',
};

interface Limits {
  readonly characters: FieldErrorReason;
  readonly items: FieldErrorReason;
  readonly number: FieldErrorReason;
  /** The key of the limit in `values`, for numbers. */
  readonly name: 'minimum' | 'maximum';
}

const SMALLEST = { characters: 'minLength', items: 'minItems', name: 'minimum' } as const;
const LARGEST = { characters: 'maxLength', items: 'maxItems', name: 'maximum' } as const;

const MINIMUM: Readonly<Record<'inclusive' | 'exclusive', Limits>> = {
  inclusive: { ...SMALLEST, number: 'minimum' },
  exclusive: { ...SMALLEST, number: 'above' },
};

const MAXIMUM: Readonly<Record<'inclusive' | 'exclusive', Limits>> = {
  inclusive: { ...LARGEST, number: 'maximum' },
  exclusive: { ...LARGEST, number: 'below' },
};

function toLimitReason(origin: string, limit: number, { characters, items, number, name }: Limits): Reason {
  if (origin === 'string') return { reason: characters, values: { count: limit } };
  if (origin === 'array') return { reason: items, values: { count: limit } };
  return { reason: number, values: { [name]: limit } };
}

/** Only the message of zod distinguishes a missing value from one of another type: issues have no input. */
function toTypeReason({ expected, message }: z.core.$ZodIssueInvalidType): FieldErrorReason {
  return message.endsWith('received undefined') ? 'missing' : (TYPES[expected] ?? 'invalid');
}

/** Whether the translations have a text for a reason. */
export function isFieldErrorReason(text: string): text is FieldErrorReason {
  return REASONS.has(text);
}
