import { randomBytes, randomUUID } from 'node:crypto';
import { videoV1 } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { putParts, sha256, startUpload } from '../testing/films.js';
import { newActor, startReplica, startVideo, type RunningVideo } from '../testing/video-service.js';

const PART_BYTES = 5 * 1024 * 1024;

describe('an upload', () => {
  let running: RunningVideo;
  beforeAll(async () => {
    running = await startVideo({
      UPLOAD_PART_BYTES: String(PART_BYTES),
      MAX_OPEN_UPLOADS: '3',
      UPLOAD_MAX_BYTES: '20000000',
    });
  });
  afterAll(async () => running?.stop());

  const assetsOf = (titleId: string) =>
    running.database.query<{ id: string; object_key: string; size_bytes: string }>(
      'SELECT id, object_key, size_bytes FROM assets WHERE title_id = $1',
      [titleId],
    );

  const getUpload = async (actor: ReturnType<typeof newActor>, uploadId: string): Promise<videoV1.Upload | undefined> =>
    (await running.as(actor, () => running.video.getUpload({ uploadId }))).upload;

  it('in two parts becomes one asset, and can be resumed in between', async () => {
    const editor = newActor();
    const bytes = randomBytes(PART_BYTES + 777);
    const upload = await startUpload(running, editor, { bytes });
    expect(upload).toMatchObject({
      state: videoV1.UploadState.UPLOAD_STATE_OPEN,
      partSizeBytes: PART_BYTES,
      partCount: 2,
    });

    await putParts(running, editor, upload, bytes, [2]);
    expect((await getUpload(editor, upload.id))?.uploadedParts).toEqual([{ partNumber: 2, sizeBytes: 777 }]);
    await putParts(running, editor, upload, bytes, [1]);

    const { asset } = await running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }));
    expect(asset).toMatchObject({
      titleId: upload.titleId,
      state: videoV1.AssetState.ASSET_STATE_UPLOADED,
      sizeBytes: bytes.length,
      fileName: 'film.mp4',
      renditions: [],
    });
    expect(await getUpload(editor, upload.id)).toMatchObject({
      state: videoV1.UploadState.UPLOAD_STATE_COMPLETED,
      assetId: asset?.id,
    });
    const [row, ...others] = await assetsOf(upload.titleId);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id: asset?.id, size_bytes: String(bytes.length) });
    expect((await running.objects.head(row?.object_key ?? ''))?.sizeBytes).toBe(bytes.length);
  });

  it('that is completed twice and at a time is one asset and one job', async () => {
    const editor = newActor();
    const bytes = randomBytes(5000);
    const upload = await startUpload(running, editor, { bytes });
    await putParts(running, editor, upload, bytes);
    const complete = () => running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }));
    const answers = await Promise.all([complete(), complete(), complete(), complete()]);
    answers.push(await complete());

    const assetIds = new Set(answers.map(({ asset }) => asset?.id));
    expect(assetIds.size).toBe(1);
    const [assetId] = assetIds;
    const jobs = await running.database.query('SELECT id FROM transcode_jobs WHERE asset_id = $1', [assetId]);
    expect(jobs).toHaveLength(1);
    expect(await assetsOf(upload.titleId)).toHaveLength(1);
  });

  it('that two replicas complete at a time is one asset', async () => {
    const replica = await startReplica(running);
    try {
      const editor = newActor();
      for (const size of [10, 20, 30]) {
        const bytes = randomBytes(size);
        const upload = await startUpload(running, editor, { bytes });
        await putParts(running, editor, upload, bytes);
        const answers = await Promise.all(
          [running, replica].map(({ as, video }) => as(editor, () => video.completeUpload({ uploadId: upload.id }))),
        );
        const [assetId, ...others] = new Set(answers.map(({ asset }) => asset?.id));
        expect(others).toEqual([]);
        expect((await assetsOf(upload.titleId)).map(({ id }) => id)).toEqual([assetId]);
      }
    } finally {
      await replica.stop();
    }
  });

  it('is incomplete while parts are missing', async () => {
    const editor = newActor();
    const bytes = randomBytes(PART_BYTES + 1);
    const upload = await startUpload(running, editor, { bytes });
    const complete = () => running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }));
    await expect(complete()).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await putParts(running, editor, upload, bytes, [1]);
    await expect(complete()).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await putParts(running, editor, upload, bytes, [2]);
    await expect(complete()).resolves.toMatchObject({ asset: { titleId: upload.titleId } });
  });

  it('of other bytes than declared is rejected, and the bytes are deleted', async () => {
    const editor = newActor();
    const upload = await startUpload(running, editor, { bytes: randomBytes(1000) });
    await putParts(running, editor, upload, randomBytes(1000));
    const complete = () => running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }));
    await expect(complete()).rejects.toMatchObject({ code: 'UPLOAD_CHECKSUM_MISMATCH' });
    await expect(complete()).rejects.toMatchObject({ code: 'UPLOAD_CHECKSUM_MISMATCH' });
    expect((await getUpload(editor, upload.id))?.state).toBe(videoV1.UploadState.UPLOAD_STATE_REJECTED);
    await eventually(async () => (await running.objects.head(`sources/${upload.id}`)) === undefined);
  });

  it('of another size than declared is rejected', async () => {
    const editor = newActor();
    const upload = await startUpload(running, editor, { bytes: randomBytes(1000) });
    // The signed address takes no other length, so the service's own credentials put the wrong part.
    const [row] = await running.database.query<{ object_key: string; multipart_id: string }>(
      'SELECT object_key, multipart_id FROM uploads WHERE id = $1',
      [upload.id],
    );
    const part = { partNumber: 1, sizeBytes: 999 };
    const url = await running.objects.presignPart(row?.object_key ?? '', row?.multipart_id ?? '', part, 60);
    expect((await fetch(url, { method: 'PUT', body: new Uint8Array(999) })).status).toBe(200);
    await expect(running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }))).rejects.toMatchObject(
      { code: 'UPLOAD_SIZE_MISMATCH' },
    );
    expect((await getUpload(editor, upload.id))?.state).toBe(videoV1.UploadState.UPLOAD_STATE_REJECTED);
  });

  it("is its account's alone", async () => {
    const upload = await startUpload(running, newActor());
    const stranger = newActor();
    const uploadId = upload.id;
    const attempts = [
      () => running.video.getUpload({ uploadId }),
      () => running.video.presignUploadParts({ uploadId, partNumbers: [1] }),
      () => running.video.completeUpload({ uploadId }),
      () => running.video.abortUpload({ uploadId }),
    ];
    for (const attempt of attempts) {
      await expect(running.as(stranger, attempt)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    }
  });

  it('is for editors, within bounds, and a few at a time', async () => {
    const request = { titleId: randomUUID(), fileName: 'film.mp4', sizeBytes: 10, sha256: sha256(randomBytes(10)) };
    const start = (actor: ReturnType<typeof newActor>, change: Partial<videoV1.StartUploadRequest> = {}) =>
      running.as(actor, () => running.video.startUpload({ ...request, ...change }));
    await expect(running.video.startUpload(request)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(start(newActor('viewer'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const editor = newActor();
    await expect(start(editor, { sizeBytes: 20_000_001 })).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
    await expect(start(editor, { sizeBytes: 0, fileName: '../film.mp4', sha256: 'no' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [{ path: 'fileName' }, { path: 'sizeBytes' }, { path: 'sha256' }],
    });

    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => start(editor)));
    const started = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value.upload?.id ?? ''] : [],
    );
    expect(started).toHaveLength(3);
    await expect(start(editor)).rejects.toMatchObject({ code: 'UPLOAD_LIMIT_REACHED' });
    await running.as(editor, () => running.video.abortUpload({ uploadId: started[0] ?? '' }));
    await expect(start(editor)).resolves.toMatchObject({ upload: { partCount: 1 } });
  });

  it('that is aborted is gone, and aborting it again is fine', async () => {
    const editor = newActor();
    const upload = await startUpload(running, editor);
    const abort = () => running.as(editor, () => running.video.abortUpload({ uploadId: upload.id }));
    await abort();
    await abort();
    await expect(
      running.as(editor, () => running.video.presignUploadParts({ uploadId: upload.id, partNumbers: [1] })),
    ).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
    await expect(running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }))).rejects.toMatchObject(
      { code: 'UPLOAD_CLOSED' },
    );
    await eventually(async () => (await running.objects.listMultiparts(`sources/${upload.id}`)).length === 0);
  });

  it('that became an asset cannot be aborted', async () => {
    const editor = newActor();
    const bytes = randomBytes(10);
    const upload = await startUpload(running, editor, { bytes });
    await putParts(running, editor, upload, bytes);
    await running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }));
    await expect(running.as(editor, () => running.video.abortUpload({ uploadId: upload.id }))).rejects.toMatchObject({
      code: 'UPLOAD_CLOSED',
    });
  });

  it('whose time is over expires, and its parts are deleted', async () => {
    const editor = newActor();
    const bytes = randomBytes(10);
    const upload = await startUpload(running, editor, { bytes });
    await putParts(running, editor, upload, bytes);
    await running.database.query('UPDATE uploads SET expires_at = now() WHERE id = $1', [upload.id]);
    expect((await getUpload(editor, upload.id))?.state).toBe(videoV1.UploadState.UPLOAD_STATE_EXPIRED);
    await expect(running.as(editor, () => running.video.completeUpload({ uploadId: upload.id }))).rejects.toMatchObject(
      { code: 'UPLOAD_CLOSED' },
    );
    await eventually(async () => (await running.objects.listMultiparts(`sources/${upload.id}`)).length === 0);
  });
});
