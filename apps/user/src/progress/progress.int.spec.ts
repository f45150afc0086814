import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1, type userV1, type videoEventsV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { signUp, startUser, type TestAccount, type TestUser } from '../testing/test-user.js';
import { ProgressRepository, type NewProgress } from './progress.repository.js';

const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-11-20T20:15:00.000Z');

describe('progress', () => {
  let user: TestUser;
  let video: TestEventPublisher;
  let ada: TestAccount;
  let titleId: string;
  const publishProgress = (
    positionMs: number,
    occurredAtMs: number,
    changes: Partial<videoEventsV1.PlaybackProgressed> = {},
    eventId?: string,
  ): Promise<void> =>
    video.publish(
      PlaybackProgressedV1,
      {
        playbackId: randomUUID(),
        accountId: ada.accountId,
        profileId: ada.profileId,
        titleId,
        assetId: 'asset-1',
        positionMs,
        durationMs: 100 * MINUTE_MS,
        occurredAt: new Date(occurredAtMs).toISOString(),
        isStart: false,
        ...changes,
      },
      eventId,
    );
  /** Waits until all events are handled: events of one profile are handled in order, so the last one suffices. */
  const waitUntilHandled = async (): Promise<void> => {
    const last = randomUUID();
    await publishProgress(MINUTE_MS, START_MS, { titleId: last });
    await eventually(async () => (await getPosition(last)) === MINUTE_MS);
    await user.database.query('DELETE FROM progress WHERE title_id = $1', [last]);
  };
  const getPosition = async (id: string): Promise<number> =>
    (await ada.run(() => user.client.getResumePosition({ profileId: ada.profileId, titleId: id }))).positionMs;
  const listEntries = async (pageSize = 0): Promise<userV1.ContinueWatchingEntry[]> =>
    (await ada.run(() => user.client.listContinueWatching({ profileId: ada.profileId, pageSize }))).entries;

  beforeAll(async () => {
    [user, video] = await Promise.all([startUser(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await video?.close();
    await user?.stop();
  });
  beforeEach(async () => {
    ada = await signUp(user);
    titleId = randomUUID();
  });

  it('returns the title that the profile watched last among the requested ones', async () => {
    const [first, second, other] = [randomUUID(), randomUUID(), randomUUID()];
    const getLatest = () =>
      ada.run(() => user.client.getLatestProgress({ profileId: ada.profileId, titleIds: [first, second] }));
    expect(await getLatest()).toEqual({ titleId: '', isFinished: false });
    await publishProgress(MINUTE_MS, START_MS, { titleId: first });
    await publishProgress(99 * MINUTE_MS, START_MS + MINUTE_MS, { titleId: second });
    await publishProgress(MINUTE_MS, START_MS + 2 * MINUTE_MS, { titleId: other });
    await waitUntilHandled();
    expect(await getLatest()).toEqual({ titleId: second, isFinished: true });
  });

  it('stores the latest position of a profile in a title', async () => {
    expect(await getPosition(titleId)).toBe(0);
    await publishProgress(0, START_MS, { isStart: true });
    await publishProgress(10 * MINUTE_MS, START_MS + 10 * MINUTE_MS);
    await waitUntilHandled();
    expect(await getPosition(titleId)).toBe(10 * MINUTE_MS);
    expect(await listEntries()).toEqual([
      {
        titleId,
        assetId: 'asset-1',
        positionMs: 10 * MINUTE_MS,
        durationMs: 100 * MINUTE_MS,
        watchedAt: '2026-11-20T20:25:00.000Z',
      },
    ]);
  });

  it('ignores late and redelivered events', async () => {
    const eventId = randomUUID();
    await publishProgress(10 * MINUTE_MS, START_MS, {}, eventId);
    await publishProgress(20 * MINUTE_MS, START_MS + 10 * MINUTE_MS);
    await publishProgress(10 * MINUTE_MS, START_MS, {}, eventId);
    await publishProgress(15 * MINUTE_MS, START_MS + 5 * MINUTE_MS);
    await waitUntilHandled();
    expect(await getPosition(titleId)).toBe(20 * MINUTE_MS);
    const handled = await user.database.query('SELECT 1 FROM inbox WHERE event_id = $1', [eventId]);
    expect(handled).toHaveLength(1);
  });

  it('stores the latest position of each title that is written together with others', async () => {
    const bob = await signUp(user);
    const [other, foreign] = [randomUUID(), randomUUID()];
    const at = (minutes: number, changes: Partial<NewProgress> = {}): NewProgress => ({
      profileId: ada.profileId,
      accountId: ada.accountId,
      titleId,
      assetId: 'asset-1',
      positionMs: minutes * MINUTE_MS,
      durationMs: 100 * MINUTE_MS,
      isFinished: false,
      occurredAt: new Date(START_MS + minutes * MINUTE_MS),
      ...changes,
    });
    const positions = [
      at(20),
      at(30),
      at(10),
      at(5, { titleId: other }),
      at(7, { titleId: foreign, accountId: bob.accountId }),
    ];
    await user.get(Transactions).run((tx) => user.get(ProgressRepository).putLatest(tx, positions));
    await user.get(Transactions).run((tx) => user.get(ProgressRepository).putLatest(tx, [at(25), at(15)]));
    expect(await Promise.all([titleId, other, foreign].map(getPosition))).toEqual([30 * MINUTE_MS, 5 * MINUTE_MS, 0]);
  });

  it('keeps the position when a player opens the title again', async () => {
    await publishProgress(10 * MINUTE_MS, START_MS);
    await publishProgress(0, START_MS + MINUTE_MS, { isStart: true });
    await waitUntilHandled();
    expect(await getPosition(titleId)).toBe(10 * MINUTE_MS);
  });

  it('removes the position of a finished title until the title is watched again', async () => {
    await publishProgress(99 * MINUTE_MS, START_MS);
    await waitUntilHandled();
    expect(await getPosition(titleId)).toBe(0);
    expect(await listEntries()).toEqual([]);
    await publishProgress(MINUTE_MS, START_MS + MINUTE_MS);
    await waitUntilHandled();
    expect(await getPosition(titleId)).toBe(MINUTE_MS);
  });

  it('lists unfinished titles latest first, without titles that were only opened', async () => {
    const [old, latest, opened] = [randomUUID(), randomUUID(), randomUUID()];
    await publishProgress(5 * MINUTE_MS, START_MS, { titleId: old });
    await publishProgress(4 * MINUTE_MS, START_MS + MINUTE_MS, { titleId: latest });
    await publishProgress(2_999, START_MS + 2 * MINUTE_MS, { titleId: opened });
    await waitUntilHandled();
    expect((await listEntries()).map((entry) => entry.titleId)).toEqual([latest, old]);
    expect((await listEntries(1)).map((entry) => entry.titleId)).toEqual([latest]);
  });

  it('lists finished titles separately, latest first', async () => {
    const [old, latest] = [randomUUID(), randomUUID()];
    await publishProgress(99 * MINUTE_MS, START_MS, { titleId: old });
    await publishProgress(99 * MINUTE_MS, START_MS + MINUTE_MS, { titleId: latest });
    await publishProgress(5 * MINUTE_MS, START_MS + 2 * MINUTE_MS);
    await waitUntilHandled();
    const list = (pageSize: number) =>
      ada.run(() => user.client.listContinueWatching({ profileId: ada.profileId, pageSize }));
    const { entries, finished } = await list(0);
    expect(entries.map((entry) => entry.titleId)).toEqual([titleId]);
    expect(finished).toEqual([
      { titleId: latest, watchedAt: '2026-11-20T20:16:00.000Z' },
      { titleId: old, watchedAt: '2026-11-20T20:15:00.000Z' },
    ]);
    expect((await list(1)).finished.map((entry) => entry.titleId)).toEqual([latest]);
  });

  it('ignores an event whose account does not own the profile', async () => {
    const bob = await signUp(user);
    await publishProgress(10 * MINUTE_MS, START_MS, { accountId: bob.accountId });
    await waitUntilHandled();
    expect(await getPosition(titleId)).toBe(0);
  });

  it('returns PROFILE_NOT_FOUND to other accounts, and UNAUTHENTICATED without a caller', async () => {
    const bob = await signUp(user);
    const { profileId } = ada;
    const notFound = { code: 'PROFILE_NOT_FOUND' };
    await expect(bob.run(() => user.client.listContinueWatching({ profileId, pageSize: 0 }))).rejects.toMatchObject(
      notFound,
    );
    await expect(bob.run(() => user.client.getResumePosition({ profileId, titleId }))).rejects.toMatchObject(notFound);
    const unauthenticated = user.client.listContinueWatching({ profileId, pageSize: 0 });
    await expect(unauthenticated).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each(['', '\u0000', "' OR 1=1 --", randomUUID()])(
    'returns PROFILE_NOT_FOUND for the profile ID %j',
    async (profileId) => {
      const listed = ada.run(() => user.client.listContinueWatching({ profileId, pageSize: 0 }));
      await expect(listed).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' });
    },
  );

  it.each([-1, 51])('returns REQUEST_INVALID for a page size of %d', async (pageSize) => {
    const listed = ada.run(() => user.client.listContinueWatching({ profileId: ada.profileId, pageSize }));
    await expect(listed).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
