import { AVATARS, KIDS_MAXIMUM_AGE, LANGUAGE_TAG, MINIMUM_AGES, PIN } from '@viernes/contracts';
import { fieldError, textLine } from '@viernes/platform';
import { z } from 'zod';
import { password } from '../account/account.requests.js';

const profileId = z.string().max(100);
const name = textLine(1, 50);
const avatar = z.enum(AVATARS);
/** Any language tag, because clients can have other translations than the service. */
const language = z.string().regex(LANGUAGE_TAG);
const maximumAge = z.literal(MINIMUM_AGES).optional();
const pin = z.string().regex(PIN, fieldError('pin'));
const optionalPin = z.union([z.literal('').transform(() => undefined), pin]);

export const CreateProfileRequest = z
  .object({
    name,
    avatar: z.union([z.literal('').transform(() => AVATARS[0]), avatar]),
    language,
    isKids: z.boolean(),
    maximumAge,
    pin: optionalPin,
  })
  .refine(({ isKids, maximumAge: age }) => !isKids || (age ?? 0) <= KIDS_MAXIMUM_AGE, {
    path: ['maximumAge'],
    ...fieldError('maximumForKids', { maximum: KIDS_MAXIMUM_AGE }),
  });
export type CreateProfileRequest = z.infer<typeof CreateProfileRequest>;

export const UpdateProfileRequest = z.object({
  profileId,
  name: name.optional(),
  avatar: avatar.optional(),
  language: language.optional(),
  isKids: z.boolean().optional(),
  maximumAgeChange: z.object({ maximumAge }).optional(),
});
export type UpdateProfileRequest = z.infer<typeof UpdateProfileRequest>;

export const DeleteProfileRequest = z.object({ profileId });
export type DeleteProfileRequest = z.infer<typeof DeleteProfileRequest>;

export const SetProfilePinRequest = z.object({ profileId, pin });
export type SetProfilePinRequest = z.infer<typeof SetProfilePinRequest>;

export const RemoveProfilePinRequest = z.object({ profileId, password });
export type RemoveProfilePinRequest = z.infer<typeof RemoveProfilePinRequest>;

export const SelectProfileRequest = z.object({ profileId, pin: optionalPin });
export type SelectProfileRequest = z.infer<typeof SelectProfileRequest>;
