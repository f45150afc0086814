import { randomUUID } from 'node:crypto';
import { newCaller, readExport } from '@viernes/platform/testing';
import { eventually } from '@viernes/testing';
import { PartyClient } from '../testing/party-client.js';
import { startVideo, type TestVideo } from '../testing/test-video.js';
import { completeAllJobs, startUpload, uploadAsset } from '../testing/workflow.js';

/** The tables with the ID of an account or a profile, and their lists in the export. */
const LISTS: Readonly<Record<string, string>> = {
  upload: 'uploads',
  playback_session: 'playbackSessions',
  party: 'parties',
  party_participant: 'partyParticipants',
  party_text: 'partyTexts',
};

describe('the export of an account', () => {
  let service: TestVideo;
  beforeAll(async () => {
    service = await startVideo();
  });
  afterAll(() => service?.stop());

  it('contains the uploads, playback sessions, and parties of the account, but no tokens', async () => {
    const [profileId, titleId] = [randomUUID(), randomUUID()];
    const editor = { ...newCaller('editor'), profileId };
    const asset = await uploadAsset(service, editor, { titleId });
    await completeAllJobs(service);
    await startUpload(service, newCaller('editor'));
    const { playback } = await service.as(editor, () => service.video.startPlayback({ profileId, titleId }));
    const request = { titleId, videoId: titleId, profileId, name: 'Ada', minimumAge: undefined };
    const { party } = await service.as(editor, () => service.video.createParty(request));
    const client = await PartyClient.join(service, editor, party?.code ?? '');
    client.write('hello');
    await eventually(() => client.texts.length === 1);
    await client.disconnect();
    const { dataJson } = await service.as(editor, () => service.video.exportAccount({ cursor: '' }));
    const data: unknown = JSON.parse(dataJson);
    expect(data).toMatchObject({
      uploads: [{ titleId, assetId: asset.id, fileName: 'film.mp4', state: 'completed' }],
      playbackSessions: [{ id: playback?.id, profileId, titleId, assetId: asset.id }],
      parties: [{ titleId, hostId: client.selfId }],
      partyParticipants: [{ id: client.selfId, profileId, name: 'Ada' }],
      partyTexts: [{ participantId: client.selfId, number: 1, text: 'hello' }],
    });
    expect(dataJson).not.toContain(party?.code);
    expect(dataJson).not.toMatch(/token|objectKey|multipart|codeHash/i);
  });

  it('contains all rows of each table that refers to an account, on several pages', async () => {
    const tables = await service.database.query<{ name: string }>(
      `SELECT DISTINCT table_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name ~ '(account|profile)_id$|email|user_agent|address'`,
    );
    expect(tables.map(({ name }) => name).toSorted()).toEqual(Object.keys(LISTS).toSorted());
    const viewer = { ...newCaller(), profileId: randomUUID() };
    await service.database.query(
      `INSERT INTO playback_session (id, account_id, profile_id, title_id, asset_id, duration_ms, token_hash, expires_at)
       SELECT gen_random_uuid(), $1, $2, $2, $2, 1, '', now() FROM generate_series(1, 2001)`,
      [viewer.accountId, viewer.profileId],
    );
    const { data, pageCount } = await readExport((cursor) =>
      service.as(viewer, () => service.video.exportAccount({ cursor })),
    );
    expect(Object.keys(data).toSorted()).toEqual(Object.values(LISTS).toSorted());
    const sessions = data['playbackSessions'] as { id: string }[];
    expect([sessions.length, new Set(sessions.map(({ id }) => id)).size, pageCount]).toEqual([2_001, 2_001, 3]);
  });

  it('requires a selected profile without a maximum age', async () => {
    const child = { ...newCaller(), profileId: randomUUID(), maximumAge: 8 };
    const read = () => service.video.exportAccount({ cursor: '' });
    await expect(service.as(child, read)).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    await expect(service.as(newCaller(), read)).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
  });
});
