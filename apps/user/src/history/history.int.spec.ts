import { randomUUID } from 'node:crypto';
import type { userV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { ProgressRepository } from '../progress/progress.repository.js';
import { signUp, startUser, type TestAccount, type TestUser } from '../testing/test-user.js';

const MINUTE_MS = 60_000;
const START_MS = Date.now() - 24 * 60 * MINUTE_MS;

function toTime(minute: number): string {
  return new Date(START_MS + minute * MINUTE_MS).toISOString();
}

describe('the viewing history', () => {
  let user: TestUser;
  let ada: TestAccount;
  /** Stores progress as the handler of its event does. */
  const watch = async (
    titleId: string,
    minute: number,
    isFinished = false,
    occurredAt = new Date(toTime(minute)),
  ): Promise<void> => {
    const { accountId, profileId } = ada;
    const [positionMs, durationMs] = [minute * MINUTE_MS, 100 * MINUTE_MS];
    const progress = { titleId, assetId: 'asset-1', positionMs, durationMs, isFinished };
    await user
      .get(Transactions)
      .run((tx) => user.get(ProgressRepository).putLatest(tx, [{ accountId, profileId, ...progress, occurredAt }]));
  };
  const list = (pageSize = 0, cursor = ''): Promise<userV1.ListHistoryResponse> =>
    ada.runAsProfile(() => user.client.listHistory({ pageSize, cursor }));
  const listIds = async (): Promise<string[]> => (await list()).entries.map(({ titleId }) => titleId);
  const listUnfinishedIds = async (): Promise<string[]> => {
    const request = { profileId: ada.profileId, pageSize: 0 };
    const { entries } = await ada.runAsProfile(() => user.client.listContinueWatching(request));
    return entries.map(({ titleId }) => titleId);
  };
  const remove = (...titleIds: string[]) => ada.runAsProfile(() => user.client.removeFromHistory({ titleIds }));

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
  });

  it('lists each watched title once, latest first, including finished ones', async () => {
    const [film, episode] = [randomUUID(), randomUUID()];
    await watch(film, 10);
    await watch(episode, 99, true);
    await watch(film, 100, true);
    const finished = { durationMs: 100 * MINUTE_MS, isFinished: true };
    expect((await list()).entries).toEqual([
      { titleId: film, positionMs: 100 * MINUTE_MS, ...finished, watchedAt: toTime(100) },
      { titleId: episode, positionMs: 99 * MINUTE_MS, ...finished, watchedAt: toTime(99) },
    ]);
  });

  it('returns the history in pages, also for titles that were watched at the same time', async () => {
    const titleIds = Array.from({ length: 5 }, () => randomUUID()).toSorted();
    for (const [index, titleId] of titleIds.entries()) await watch(titleId, 1 + Math.floor(index / 3));
    const first = await list(3);
    const second = await list(3, first.nextCursor);
    const listed = [...first.entries, ...second.entries].map(({ titleId }) => titleId);
    expect([listed, second.nextCursor]).toEqual([titleIds.toReversed(), '']);
    await expect(list(3, 'x')).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('omits removed titles from the history and from continue watching, until they are watched again', async () => {
    const [other, removed] = [randomUUID(), randomUUID()];
    await watch(other, 10);
    await watch(removed, 20);
    await remove(removed, randomUUID());
    expect([await listIds(), await listUnfinishedIds()]).toEqual([[other], [other]]);
    const position = { profileId: ada.profileId, titleId: removed };
    expect(await ada.run(() => user.client.getResumePosition(position))).toEqual({ positionMs: 0 });
    await watch(removed, 30, false, new Date());
    expect(await listIds()).toEqual([removed, other]);
  });

  it('does not restore removed titles when an event from before the removal arrives', async () => {
    const [other, removed] = [randomUUID(), randomUUID()];
    for (const titleId of [other, removed]) await watch(titleId, 10);
    await remove(removed);
    for (const titleId of [other, removed]) await watch(titleId, 20);
    expect(await listIds()).toEqual([other]);
    await ada.runAsProfile(() => user.client.clearHistory({}));
    await watch(other, 30);
    expect(await listIds()).toEqual([]);
  });

  it('accepts thousands of IDs in one removal', async () => {
    const titleIds = Array.from({ length: 5_000 }, () => randomUUID());
    await watch(titleIds[4_999] ?? '', 10);
    await remove(...titleIds);
    expect(await listIds()).toEqual([]);
  });

  it('returns an empty history after it was cleared', async () => {
    await watch(randomUUID(), 10);
    await watch(randomUUID(), 99, true);
    await ada.runAsProfile(() => user.client.clearHistory({}));
    expect([await listIds(), await listUnfinishedIds()]).toEqual([[], []]);
  });

  it('reads and changes only the history of the selected profile', async () => {
    const titleId = randomUUID();
    await watch(titleId, 10);
    const bob = await signUp(user);
    await bob.runAsProfile(() => user.client.removeFromHistory({ titleIds: [titleId] }));
    await bob.runAsProfile(() => user.client.clearHistory({}));
    expect(await listIds()).toEqual([titleId]);
    const notSelected = { code: 'PROFILE_NOT_SELECTED' };
    await expect(
      ada.runWithoutProfile(() => user.client.listHistory({ pageSize: 0, cursor: '' })),
    ).rejects.toMatchObject(notSelected);
    await expect(bob.runAsProfile(() => user.client.clearHistory({}), ada.profileId)).rejects.toMatchObject(
      notSelected,
    );
  });

  it.each([[[]], [['x']]])('rejects the removal of %j', async (titleIds) => {
    await expect(remove(...titleIds)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
