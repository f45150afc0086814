import { randomUUID } from 'node:crypto';
import { MAX_MY_LIST_TITLES, type userV1 } from '@viernes/contracts';
import { signUp, startUser, type TestAccount, type TestUser } from '../testing/test-user.js';

describe('my list', () => {
  let user: TestUser;
  let ada: TestAccount;
  const add = (titleId: string, profileId?: string) =>
    ada.runAsProfile(() => user.client.addToMyList({ titleId }), profileId);
  const remove = (titleId: string) => ada.runAsProfile(() => user.client.removeFromMyList({ titleId }));
  const isListed = async (titleId: string): Promise<boolean> =>
    (await ada.runAsProfile(() => user.client.checkMyList({ titleId }))).isListed;
  const list = (pageSize = 0, cursor = '', profileId?: string): Promise<userV1.ListMyListResponse> =>
    ada.runAsProfile(() => user.client.listMyList({ pageSize, cursor }), profileId);
  const ids = ({ entries }: userV1.ListMyListResponse): string[] => entries.map(({ titleId }) => titleId);

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
  });

  it('lists each added title once, until it is removed', async () => {
    const titleId = randomUUID();
    expect(await isListed(titleId)).toBe(false);
    await add(titleId);
    const added = await list();
    await add(titleId);
    expect(await list()).toEqual(added);
    expect(added).toMatchObject({ entries: [{ titleId }], nextCursor: '' });
    expect(await isListed(titleId)).toBe(true);
    await remove(titleId);
    await remove(titleId);
    expect(await list()).toEqual({ entries: [], nextCursor: '' });
    expect(await isListed(titleId)).toBe(false);
  });

  it('returns my list in pages, latest first, also for titles that were added in the same millisecond', async () => {
    const titleIds = Array.from({ length: 5 }, () => randomUUID()).toSorted();
    for (const [index, titleId] of titleIds.entries()) {
      await add(titleId);
      await user.database.query('UPDATE my_list_entry SET added_at = $2 WHERE title_id = $1', [
        titleId,
        new Date(Math.floor(index / 3)),
      ]);
    }
    const first = await list(3);
    const second = await list(3, first.nextCursor);
    expect([...ids(first), ...ids(second)]).toEqual(titleIds.toReversed());
    expect([first.entries.length, second.nextCursor]).toEqual([3, '']);
  });

  it.each(['x', Buffer.from('1:2').toString('base64url')])('rejects the cursor %j', async (cursor) => {
    await expect(list(0, cursor)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it.each([-1, 101])('rejects a page size of %d', async (pageSize) => {
    await expect(list(pageSize)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('limits my list, also if titles are added in parallel', async () => {
    await user.database.query(
      'INSERT INTO my_list_entry (profile_id, title_id) SELECT $1, gen_random_uuid() FROM generate_series(1, $2)',
      [ada.profileId, MAX_MY_LIST_TITLES - 2],
    );
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => add(randomUUID())));
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(failures).toEqual(Array(3).fill(expect.objectContaining({ code: 'MY_LIST_FULL' })));
  });

  it('reads and changes only the list of the selected profile', async () => {
    const { profile } = await ada.run(() =>
      user.client.createProfile({ name: 'Bo', avatar: '', language: 'en', isKids: false, pin: '' }),
    );
    const titleId = randomUUID();
    await add(titleId, profile?.id);
    expect(ids(await list())).toEqual([]);
    expect(ids(await list(0, '', profile?.id))).toEqual([titleId]);
    const bob = await signUp(user);
    const notSelected = { code: 'PROFILE_NOT_SELECTED' };
    const listed = () => user.client.listMyList({ pageSize: 0, cursor: '' });
    await expect(bob.runWithoutProfile(listed)).rejects.toMatchObject(notSelected);
    await expect(bob.runAsProfile(listed, ada.profileId)).rejects.toMatchObject(notSelected);
    await ada.runAsProfile(() => user.client.deleteProfile({ profileId: profile?.id ?? '' }));
    await expect(ada.runAsProfile(listed, profile?.id)).rejects.toMatchObject(notSelected);
  });
});
