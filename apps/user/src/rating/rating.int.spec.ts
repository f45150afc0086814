import { randomUUID } from 'node:crypto';
import { userV1 } from '@viernes/contracts';
import { signUp, startUser, type TestAccount, type TestUser } from '../testing/test-user.js';

const { THUMB_UNSPECIFIED, THUMB_UP, THUMB_DOWN } = userV1.Thumb;

describe('ratings', () => {
  let user: TestUser;
  let ada: TestAccount;
  const titleId = randomUUID();
  const rate = (thumb: userV1.Thumb) => ada.runAsProfile(() => user.client.rateTitle({ titleId, thumb }));
  const getThumb = async ({ runAsProfile } = ada): Promise<userV1.Thumb> =>
    (await runAsProfile(() => user.client.getRating({ titleId }))).thumb;

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
  });

  it('stores the latest thumb of a profile, until it is removed', async () => {
    expect(await getThumb()).toBe(THUMB_UNSPECIFIED);
    for (const thumb of [THUMB_UP, THUMB_DOWN, THUMB_DOWN]) {
      await rate(thumb);
      expect(await getThumb()).toBe(thumb);
    }
    expect(await getThumb(await signUp(user))).toBe(THUMB_UNSPECIFIED);
    await ada.runAsProfile(() => user.client.removeRating({ titleId }));
    expect(await getThumb()).toBe(THUMB_UNSPECIFIED);
  });

  it.each([THUMB_UNSPECIFIED, 3])('rejects the thumb %d', async (thumb) => {
    await expect(rate(thumb)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('requires a selected profile for ratings', async () => {
    const notSelected = { code: 'PROFILE_NOT_SELECTED' };
    const { client } = user;
    await expect(ada.runWithoutProfile(() => client.rateTitle({ titleId, thumb: THUMB_UP }))).rejects.toMatchObject(
      notSelected,
    );
    await expect(ada.runWithoutProfile(() => client.removeRating({ titleId }))).rejects.toMatchObject(notSelected);
    await expect(ada.runWithoutProfile(() => client.getRating({ titleId }))).rejects.toMatchObject(notSelected);
  });
});
