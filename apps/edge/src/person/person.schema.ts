import { CREDIT_ROLES, SLUG } from '@viernes/contracts';
import { fieldError, uuid } from '@viernes/platform';
import { z } from 'zod';
import { textLine } from '../request/request-fields.js';

export const person = z
  .object({
    id: uuid,
    name: z.string(),
    slug: z.string().describe('Unique. Identifies the person in URLs'),
    roles: z.array(z.enum(CREDIT_ROLES)).describe('By number of titles, most first'),
    titleCount: z.int(),
    revision: z.int().describe('Increases with each change by an editor'),
  })
  .meta({
    id: 'Person',
    examples: [
      {
        id: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10',
        name: 'Fritz Lang',
        slug: 'fritz-lang',
        roles: ['director', 'writer'],
        titleCount: 12,
        revision: 1,
      },
    ],
  });

export type PersonResponse = z.infer<typeof person>;

const slug = z
  .string()
  .max(120)
  .regex(SLUG, fieldError('slug'))
  .describe(
    'Unique. Identifies the person in URLs. Default: the slug that an editor has chosen, otherwise the one that is derived from the name. A credit without `personId` refers to the person whose slug is derived from the credited name.',
  );

export const personInput = z.strictObject({ name: textLine(100), slug: slug.optional() }).meta({
  id: 'PersonInput',
  examples: [{ name: 'Steve McQueen', slug: 'steve-mcqueen-1930' }],
});

export type PersonInput = z.infer<typeof personInput>;

/** Neither field can be removed, so `null` is invalid. */
export const personPatch = personInput.partial().meta({ id: 'PersonPatch', examples: [{ name: 'Steve McQueen' }] });
