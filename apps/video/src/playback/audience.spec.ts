import { randomUUID } from 'node:crypto';
import { assertAudience } from './audience.js';

describe('assertAudience', () => {
  const profileId = randomUUID();
  const titleId = randomUUID();

  it.each([
    ['a title up to the maximum age', 13, 13, undefined],
    ['a title above it', 13, 14, 'TITLE_NOT_FOUND'],
    ['an unrated title', 18, undefined, 'TITLE_NOT_FOUND'],
    ['a title above the maximum age 0', 0, 1, 'TITLE_NOT_FOUND'],
    ['a title for a profile without a maximum age', undefined, 18, undefined],
    ['an unrated title for a profile without a maximum age', undefined, undefined, undefined],
  ])('applies the maximum age of the profile to %s', (_, maximumAge, minimumAge, code) => {
    const caller = { profileId, ...(maximumAge !== undefined && { maximumAge }) };
    const check = () => assertAudience(caller, { profileId, titleId, minimumAge });
    if (code === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });

  it('rejects a profile that the session has not selected', () => {
    const notSelected = expect.objectContaining({ code: 'PROFILE_NOT_SELECTED' });
    expect(() => assertAudience({ profileId: randomUUID() }, { profileId, titleId })).toThrow(notSelected);
    expect(() => assertAudience({}, { profileId, titleId })).toThrow(notSelected);
  });
});
