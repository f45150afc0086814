import { AVATARS, KIDS_MAXIMUM_AGE, MINIMUM_AGES, PIN } from '@viernes/contracts';
import { uuid } from '@viernes/platform';
import { LANGUAGES } from '@viernes/translations';
import { z } from 'zod';
import { textLine } from '../request/request-fields.js';

const avatar = z.enum(AVATARS).meta({ id: 'Avatar', description: 'Name of an image that clients provide' });
const language = z.enum(LANGUAGES);
const maximumAge = z
  .literal(MINIMUM_AGES)
  .meta({ id: 'MinimumAge' })
  .nullable()
  .describe('Titles for an older audience and unrated titles do not exist for the profile. Null: no limit');

export const exampleProfile = {
  id: 'f3d0b6a4-2f8e-4d0c-9a6b-2b5a3c1d4e5f',
  name: 'Ada',
  avatar: 'owl',
  language: 'en',
  isKids: false,
  maximumAge: null,
  hasPin: true,
} as const;

export const profile = z
  .object({
    id: uuid,
    name: z.string(),
    avatar,
    language,
    isKids: z.boolean(),
    maximumAge,
    hasPin: z.boolean().describe('Selecting the profile requires its PIN'),
  })
  .meta({ id: 'Profile', examples: [exampleProfile] });

export type ProfileResponse = z.infer<typeof profile>;

export const pin = z.string().regex(PIN).describe('4 digits');

const fields = {
  name: textLine(50).describe('Unique within the account, regardless of case'),
  avatar: avatar.optional(),
  language: language.optional(),
  isKids: z.boolean().optional().describe(`Limits the maximum age to ${KIDS_MAXIMUM_AGE}`),
};

export const newProfile = z
  .strictObject({
    ...fields,
    language: fields.language.describe('Default: the one that `Accept-Language` prefers'),
    maximumAge: maximumAge.optional(),
    pin: pin.optional(),
  })
  .meta({ id: 'NewProfile', examples: [{ name: 'Bo', avatar: 'fox', isKids: true, maximumAge: 7 }] });

export const profilePatch = z
  .strictObject({ ...fields, name: fields.name.optional(), maximumAge: maximumAge.optional() })
  .meta({ id: 'ProfilePatch', examples: [{ name: 'Bob', isKids: false, maximumAge: 13 }] });
