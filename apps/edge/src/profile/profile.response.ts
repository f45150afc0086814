import { AVATARS, MINIMUM_AGES, type userV1 } from '@viernes/contracts';
import { required } from '../upstream/required.js';
import type { ProfileResponse } from './profile.schema.js';

export function toProfileResponse({ id, name, isKids, hasPin, ...profile }: userV1.Profile): ProfileResponse {
  const find = <Value>(values: readonly Value[], value: unknown, field: string): Value =>
    required(
      values.find((each) => each === value),
      field,
    );
  return {
    id,
    name,
    avatar: find(AVATARS, profile.avatar, 'avatar'),
    language: profile.language,
    isKids,
    maximumAge: profile.maximumAge === undefined ? null : find(MINIMUM_AGES, profile.maximumAge, 'maximum_age'),
    hasPin,
  };
}
