import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1, type userV1, type videoEventsV1 } from '@viernes/contracts';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { signUp, type Person } from '../testing/people.js';
import { startUser, type TestUser } from '../testing/start-user.js';

const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-11-20T20:15:00.000Z');

describe('progress', () => {
  let user: TestUser;
  let video: TestEventPublisher;
  let ada: Person;
  let titleId: string;
  const watch = (
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
  /** Events of one profile keep their order: once this one has arrived, so have all before it. */
  const settle = async (): Promise<void> => {
    const last = randomUUID();
    await watch(MINUTE_MS, START_MS, { titleId: last });
    await eventually(async () => (await resume(last)) === MINUTE_MS);
    await user.database.query('delete from progress where title_id = $1', [last]);
  };
  const resume = async (id: string): Promise<number> =>
    (await ada.as(() => user.client.getResumePosition({ profileId: ada.profileId, titleId: id }))).positionMs;
  const entries = async (pageSize = 0): Promise<userV1.ContinueWatchingEntry[]> =>
    (await ada.as(() => user.client.listContinueWatching({ profileId: ada.profileId, pageSize }))).entries;

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

  it('follows what a profile watches', async () => {
    expect(await resume(titleId)).toBe(0);
    await watch(0, START_MS, { isStart: true });
    await watch(10 * MINUTE_MS, START_MS + 10 * MINUTE_MS);
    await settle();
    expect(await resume(titleId)).toBe(10 * MINUTE_MS);
    expect(await entries()).toEqual([
      {
        titleId,
        assetId: 'asset-1',
        positionMs: 10 * MINUTE_MS,
        durationMs: 100 * MINUTE_MS,
        watchedAt: '2026-11-20T20:25:00.000Z',
      },
    ]);
  });

  it('is not thrown back by an event that comes late or again', async () => {
    const eventId = randomUUID();
    await watch(10 * MINUTE_MS, START_MS, {}, eventId);
    await watch(20 * MINUTE_MS, START_MS + 10 * MINUTE_MS);
    await watch(10 * MINUTE_MS, START_MS, {}, eventId);
    await watch(15 * MINUTE_MS, START_MS + 5 * MINUTE_MS);
    await settle();
    expect(await resume(titleId)).toBe(20 * MINUTE_MS);
    const handled = await user.database.query('select 1 from inbox where event_id = $1', [eventId]);
    expect(handled).toHaveLength(1);
  });

  it('is kept when a player opens the title once more', async () => {
    await watch(10 * MINUTE_MS, START_MS);
    await watch(0, START_MS + MINUTE_MS, { isStart: true });
    await settle();
    expect(await resume(titleId)).toBe(10 * MINUTE_MS);
  });

  it('ends with the title, and begins again with it', async () => {
    await watch(99 * MINUTE_MS, START_MS);
    await settle();
    expect(await resume(titleId)).toBe(0);
    expect(await entries()).toEqual([]);
    await watch(MINUTE_MS, START_MS + MINUTE_MS);
    await settle();
    expect(await resume(titleId)).toBe(MINUTE_MS);
  });

  it('lists the latest first, without what was only opened', async () => {
    const [old, latest, opened] = [randomUUID(), randomUUID(), randomUUID()];
    await watch(5 * MINUTE_MS, START_MS, { titleId: old });
    await watch(4 * MINUTE_MS, START_MS + MINUTE_MS, { titleId: latest });
    await watch(2_999, START_MS + 2 * MINUTE_MS, { titleId: opened });
    await settle();
    expect((await entries()).map((entry) => entry.titleId)).toEqual([latest, old]);
    expect((await entries(1)).map((entry) => entry.titleId)).toEqual([latest]);
  });

  it('of a profile moves only for the account it belongs to', async () => {
    const stranger = await signUp(user);
    await watch(10 * MINUTE_MS, START_MS, { accountId: stranger.accountId });
    await settle();
    expect(await resume(titleId)).toBe(0);
  });

  it('is shown to its own account alone', async () => {
    const bob = await signUp(user);
    const { profileId } = ada;
    const notFound = { code: 'PROFILE_NOT_FOUND' };
    await expect(bob.as(() => user.client.listContinueWatching({ profileId, pageSize: 0 }))).rejects.toMatchObject(
      notFound,
    );
    await expect(bob.as(() => user.client.getResumePosition({ profileId, titleId }))).rejects.toMatchObject(notFound);
    const unauthenticated = user.client.listContinueWatching({ profileId, pageSize: 0 });
    await expect(unauthenticated).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each(['', '\u0000', "' or 1=1 --", randomUUID()])('has no profile %j', async (profileId) => {
    const listed = ada.as(() => user.client.listContinueWatching({ profileId, pageSize: 0 }));
    await expect(listed).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' });
  });

  it.each([-1, 51])('refuses pages of %d', async (pageSize) => {
    const listed = ada.as(() => user.client.listContinueWatching({ profileId: ada.profileId, pageSize }));
    await expect(listed).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
