import { randomBytes, randomUUID } from 'node:crypto';
import { AccountDataDeletedV1, AccountDeletionRequestedV1 } from '@viernes/contracts';
import type { Caller } from '@viernes/platform';
import { newCaller } from '@viernes/platform/testing';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { PartyClient } from '../testing/party-client.js';
import { recordedEvents } from '../testing/recorded-events.js';
import { startVideo, type TestVideo } from '../testing/test-video.js';
import { completeAllJobs, getAsset, leaseJob, putParts, startUpload, uploadAsset } from '../testing/workflow.js';

describe('the deletion of an account', () => {
  let service: TestVideo;
  let user: TestEventPublisher;
  let editor: Caller;

  beforeAll(async () => {
    [service, user] = await Promise.all([startVideo(), TestEventPublisher.connect()]);
  });
  afterAll(async () => {
    await user?.close();
    await service?.stop();
  });
  beforeEach(() => {
    editor = newCaller('editor');
  });

  const listConfirmations = async () =>
    (await recordedEvents(service.database, AccountDataDeletedV1)).filter(
      ({ accountId }) => accountId === editor.accountId,
    );
  const request = (eventId?: string) =>
    user.publish(AccountDeletionRequestedV1, { accountId: editor.accountId }, eventId);
  const deleteAccount = async (): Promise<void> => {
    const count = (await listConfirmations()).length;
    await request();
    await eventually(async () => (await listConfirmations()).length > count);
  };
  const findRows = (table: 'upload' | 'playback_session' | 'party' | 'party_participant' | 'party_text') =>
    service.database.query(`SELECT 1 FROM ${table} WHERE account_id = $1`, [editor.accountId]);

  it('deletes an open upload with its parts, and an aborted upload', async () => {
    const bytes = randomBytes(1000);
    const upload = await startUpload(service, editor, { bytes });
    await putParts(service, editor, upload, bytes);
    const aborted = await startUpload(service, editor);
    await service.as(editor, () => service.video.abortUpload({ uploadId: aborted.id }));
    await deleteAccount();
    for (const { id } of [upload, aborted]) {
      await eventually(async () => (await service.objects.listMultiparts(`sources/${id}`)).length === 0);
      const attempt = service.as(editor, () => service.video.completeUpload({ uploadId: id }));
      await expect(attempt).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    }
    expect(await findRows('upload')).toEqual([]);
  });

  it('deletes an unpublished video with its source and jobs, and discards the output of a running job', async () => {
    const { id } = await uploadAsset(service, editor);
    const [source] = await service.database.query<{ object_key: string }>(
      'SELECT object_key FROM asset WHERE id = $1',
      [id],
    );
    const key = source?.object_key ?? '';
    expect(await service.objects.head(key)).toBeDefined();
    const job = await leaseJob(service);
    const outputKey = `renditions/${randomUUID()}`;
    await service.database.query('UPDATE transcode_job SET output_key = $1 WHERE id = $2', [outputKey, job.id]);
    await deleteAccount();
    await eventually(async () => (await service.objects.head(key)) === undefined);
    await expect(getAsset(service, editor, id)).rejects.toMatchObject({ code: 'ASSET_NOT_FOUND' });
    const { leaseToken, id: jobId } = job;
    const heartbeat = service.transcode.heartbeatJob({ jobId, leaseToken, progress: 0.5 });
    await expect(heartbeat).rejects.toMatchObject({ code: 'LEASE_LOST' });
    const discarded = await service.database.query('SELECT 1 FROM discarded_object WHERE object_key = $1', [outputKey]);
    expect(discarded).toHaveLength(1);
  });

  it('keeps a published video with its source, removes its upload, and ends playback', async () => {
    const titleId = randomUUID();
    const asset = await uploadAsset(service, editor, { titleId });
    await completeAllJobs(service);
    const profileId = randomUUID();
    const watch = (caller: Caller) =>
      service.as({ ...caller, profileId }, () => service.video.startPlayback({ profileId, titleId }));
    await watch(editor);
    await deleteAccount();
    expect(await findRows('upload')).toEqual([]);
    expect(await findRows('playback_session')).toEqual([]);
    const [row] = await service.database.query<{ object_key: string }>('SELECT object_key FROM asset WHERE id = $1', [
      asset.id,
    ]);
    expect(await service.objects.head(row?.object_key ?? '')).toBeDefined();
    await expect(watch(newCaller())).resolves.toMatchObject({ playback: { titleId } });
  });

  it('deletes the parties of an account, and its participation and messages in other parties, which continue', async () => {
    const titleId = randomUUID();
    await service.database.query(
      `INSERT INTO asset (id, title_id, state, file_name, size_bytes, object_key, duration_ms, published_at)
       VALUES (gen_random_uuid(), $1, 'ready', 'film.mp4', 1, 'none', 1000, now())`,
      [titleId],
    );
    const [ada, bob] = [
      { ...editor, profileId: randomUUID() },
      { ...newCaller(), profileId: randomUUID() },
    ];
    const create = async (caller: typeof ada) => {
      const request = { titleId, videoId: titleId, profileId: caller.profileId, name: 'Ada', minimumAge: 0 };
      return (await service.as(caller, () => service.video.createParty(request))).party?.code ?? '';
    };
    const [ofAda, ofBob] = [await create(ada), await create(bob)];
    const joined = [
      await PartyClient.join(service, ada, ofBob),
      await PartyClient.join(service, bob, ofAda),
      await PartyClient.join(service, bob, ofBob),
    ] as const;
    joined[0].write('hello');
    await eventually(() => joined[2].texts.length === 1);
    await deleteAccount();
    expect([await joined[0].ended, await joined[1].ended]).toEqual(['PARTY_NOT_FOUND', 'PARTY_NOT_FOUND']);
    await joined[2].until(({ participants }) => participants.length === 1);
    for (const table of ['party', 'party_participant', 'party_text'] as const)
      expect(await findRows(table)).toEqual([]);
    await joined[2].disconnect();
  });

  it('deletes the data of an account while object storage is unavailable, and the objects later', async () => {
    const upload = await startUpload(service, editor);
    const { objects } = service;
    const abort = objects.abortMultipart.bind(objects);
    objects.abortMultipart = () => Promise.reject(new Error('unavailable'));
    await deleteAccount();
    expect(await findRows('upload')).toEqual([]);
    expect(await service.objects.listMultiparts(`sources/${upload.id}`)).not.toEqual([]);
    objects.abortMultipart = abort;
    await eventually(async () => (await service.objects.listMultiparts(`sources/${upload.id}`)).length === 0);
  });

  it('deletes the parts of an upload that is started concurrently', async () => {
    const { objects } = service;
    const start = objects.startMultipart.bind(objects);
    let objectKey = '';
    objects.startMultipart = async (key, contentType) => {
      objectKey = key;
      await deleteAccount();
      return start(key, contentType);
    };
    await expect(startUpload(service, editor)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    objects.startMultipart = start;
    expect(await objects.listMultiparts(objectKey)).toHaveLength(1);
    await service.database.query('UPDATE discarded_object SET delete_after = now() WHERE object_key = $1', [objectKey]);
    await eventually(async () => (await objects.listMultiparts(objectKey)).length === 0);
  });

  it('confirms each request, even without data, and a repeated event only once', async () => {
    const other = await startUpload(service, newCaller('editor'));
    await deleteAccount();
    await deleteAccount();
    const eventId = randomUUID();
    for (let delivery = 0; delivery < 2; delivery += 1) await request(eventId);
    await request();
    // Events of an account are handled in order, so no earlier one is pending after the last.
    await eventually(async () => (await listConfirmations()).length >= 4);
    expect(await listConfirmations()).toHaveLength(4);
    expect(await service.database.query('SELECT 1 FROM upload WHERE id = $1', [other.id])).toHaveLength(1);
  });
});
