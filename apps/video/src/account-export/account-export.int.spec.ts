import { randomUUID } from 'node:crypto';
import { newCaller } from '@viernes/platform/testing';
import { startVideo, type TestVideo } from '../testing/test-video.js';
import { completeAllJobs, startUpload, uploadAsset } from '../testing/workflow.js';

/** The tables with the ID of an account or a profile, and where the export contains them. */
const LISTS: Readonly<Record<string, string>> = { upload: 'uploads', playback_session: 'playbackSessions' };

describe('the export of an account', () => {
  let service: TestVideo;
  beforeAll(async () => {
    service = await startVideo();
  });
  afterAll(() => service?.stop());

  it('contains the uploads and playback sessions of the account, and no tokens', async () => {
    const [profileId, titleId] = [randomUUID(), randomUUID()];
    const editor = { ...newCaller('editor'), profileId };
    const asset = await uploadAsset(service, editor, { titleId });
    await completeAllJobs(service);
    await startUpload(service, newCaller('editor'));
    const { playback } = await service.as(editor, () => service.video.startPlayback({ profileId, titleId }));
    const { dataJson } = await service.as(editor, () => service.video.exportAccount({}));
    const data: unknown = JSON.parse(dataJson);
    expect(data).toMatchObject({
      uploads: [{ titleId, assetId: asset.id, fileName: 'film.mp4', state: 'completed' }],
      playbackSessions: [{ id: playback?.id, profileId, titleId, assetId: asset.id }],
    });
    expect(dataJson).not.toMatch(/token|objectKey|multipart/i);
  });

  it('contains each table that names an account, and names lists of which it contains only the newest rows', async () => {
    const tables = await service.database.query<{ name: string }>(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name ~ '(account|profile)_id$|email|user_agent|address'`,
    );
    expect(tables.map(({ name }) => name).toSorted()).toEqual(Object.keys(LISTS).toSorted());
    const viewer = { ...newCaller(), profileId: randomUUID() };
    await service.database.query(
      `INSERT INTO playback_session (id, account_id, profile_id, title_id, asset_id, duration_ms, token_hash, expires_at)
       SELECT gen_random_uuid(), $1, $2, $2, $2, 1, '', now() FROM generate_series(1, 5001)`,
      [viewer.accountId, viewer.profileId],
    );
    const { dataJson } = await service.as(viewer, () => service.video.exportAccount({}));
    const data = JSON.parse(dataJson) as Record<string, unknown[]>;
    expect(Object.keys(data).toSorted()).toEqual([...Object.values(LISTS), 'truncatedLists'].toSorted());
    expect([data['playbackSessions']?.length, data['truncatedLists']]).toEqual([5_000, ['playbackSessions']]);
  });

  it('requires a selected profile without a maximum age', async () => {
    const child = { ...newCaller(), profileId: randomUUID(), maximumAge: 8 };
    const read = () => service.video.exportAccount({});
    await expect(service.as(child, read)).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    await expect(service.as(newCaller(), read)).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
  });
});
