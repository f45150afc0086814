import { randomBytes, randomUUID } from 'node:crypto';
import { UploadChangedV1, videoV1 } from '@viernes/contracts';
import type { Caller } from '@viernes/platform';
import { newCaller } from '@viernes/platform/testing';
import { eventually, TestEventReader } from '@viernes/testing';
import { putParts, sha256, startUpload } from '../testing/workflow.js';
import { startReplica, startVideo, type TestVideo } from '../testing/test-video.js';

const PART_BYTES = 5 * 1024 * 1024;

describe('uploads', () => {
  let service: TestVideo;
  let replica: TestVideo;
  beforeAll(async () => {
    service = await startVideo({
      UPLOAD_PART_BYTES: String(PART_BYTES),
      MAX_OPEN_UPLOADS: '3',
      UPLOAD_MAX_BYTES: '20000000',
    });
    replica = await startReplica(service);
  });
  afterAll(async () => {
    await replica?.stop();
    await service?.stop();
  });

  const listAssets = (titleId: string) =>
    service.database.query<{ id: string; object_key: string; size_bytes: string }>(
      'SELECT id, object_key, size_bytes FROM asset WHERE title_id = $1',
      [titleId],
    );

  const getUpload = async (actor: Caller, uploadId: string): Promise<videoV1.Upload | undefined> =>
    (await service.as(actor, () => service.video.getUpload({ uploadId }))).upload;

  it('creates one asset from an upload that is resumed between its two parts', async () => {
    const editor = newCaller('editor');
    const bytes = randomBytes(PART_BYTES + 777);
    const upload = await startUpload(service, editor, { bytes });
    expect(upload).toMatchObject({
      state: videoV1.UploadState.UPLOAD_STATE_OPEN,
      partSizeBytes: PART_BYTES,
      partCount: 2,
    });

    await putParts(service, editor, upload, bytes, [2]);
    expect((await getUpload(editor, upload.id))?.uploadedParts).toEqual([{ partNumber: 2, sizeBytes: 777 }]);
    await putParts(service, editor, upload, bytes, [1]);

    const { asset } = await service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }));
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
    const [row, ...others] = await listAssets(upload.titleId);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id: asset?.id, size_bytes: String(bytes.length) });
    expect((await service.objects.head(row?.object_key ?? ''))?.sizeBytes).toBe(bytes.length);
  });

  it('creates one asset and one job when an upload is completed repeatedly and concurrently', async () => {
    const editor = newCaller('editor');
    const bytes = randomBytes(5000);
    const upload = await startUpload(service, editor, { bytes });
    await putParts(service, editor, upload, bytes);
    const complete = () => service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }));
    const responses = await Promise.all([complete(), complete(), complete(), complete()]);
    responses.push(await complete());

    const assetIds = new Set(responses.map(({ asset }) => asset?.id));
    expect(assetIds.size).toBe(1);
    const [assetId] = assetIds;
    const jobs = await service.database.query('SELECT id FROM transcode_job WHERE asset_id = $1', [assetId]);
    expect(jobs).toHaveLength(1);
    expect(await listAssets(upload.titleId)).toHaveLength(1);
  });

  it('creates one asset when two replicas complete an upload concurrently', async () => {
    const editor = newCaller('editor');
    for (const size of [10, 20, 30]) {
      const bytes = randomBytes(size);
      const upload = await startUpload(service, editor, { bytes });
      await putParts(service, editor, upload, bytes);
      const responses = await Promise.all(
        [service, replica].map(({ as, video }) => as(editor, () => video.completeUpload({ uploadId: upload.id }))),
      );
      const [assetId, ...others] = new Set(responses.map(({ asset }) => asset?.id));
      expect(others).toEqual([]);
      expect((await listAssets(upload.titleId)).map(({ id }) => id)).toEqual([assetId]);
    }
  });

  it('returns UPLOAD_INCOMPLETE while parts are missing', async () => {
    const editor = newCaller('editor');
    const bytes = randomBytes(PART_BYTES + 1);
    const upload = await startUpload(service, editor, { bytes });
    const complete = () => service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }));
    await expect(complete()).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await putParts(service, editor, upload, bytes, [1]);
    await expect(complete()).rejects.toMatchObject({ code: 'UPLOAD_INCOMPLETE' });
    await putParts(service, editor, upload, bytes, [2]);
    await expect(complete()).resolves.toMatchObject({ asset: { titleId: upload.titleId } });
  });

  it('rejects an upload whose checksum differs, and deletes its bytes', async () => {
    const editor = newCaller('editor');
    const upload = await startUpload(service, editor, { bytes: randomBytes(1000) });
    await putParts(service, editor, upload, randomBytes(1000));
    const complete = () => service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }));
    await expect(complete()).rejects.toMatchObject({ code: 'UPLOAD_CHECKSUM_MISMATCH' });
    await expect(complete()).rejects.toMatchObject({ code: 'UPLOAD_CHECKSUM_MISMATCH' });
    expect((await getUpload(editor, upload.id))?.state).toBe(videoV1.UploadState.UPLOAD_STATE_REJECTED);
    await eventually(async () => (await service.objects.head(`sources/${upload.id}`)) === undefined);
  });

  it('rejects an upload whose size differs', async () => {
    const editor = newCaller('editor');
    const upload = await startUpload(service, editor, { bytes: randomBytes(1000) });
    // The presigned URL accepts no other length, so the test presigns a different one.
    const [row] = await service.database.query<{ object_key: string; multipart_id: string }>(
      'SELECT object_key, multipart_id FROM upload WHERE id = $1',
      [upload.id],
    );
    const part = { partNumber: 1, sizeBytes: 999 };
    const url = await service.objects.presignPart(row?.object_key ?? '', row?.multipart_id ?? '', part, 60);
    expect((await fetch(url, { method: 'PUT', body: new Uint8Array(999) })).status).toBe(200);
    await expect(service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }))).rejects.toMatchObject(
      { code: 'UPLOAD_SIZE_MISMATCH' },
    );
    expect((await getUpload(editor, upload.id))?.state).toBe(videoV1.UploadState.UPLOAD_STATE_REJECTED);
  });

  it('returns UPLOAD_NOT_FOUND to other accounts', async () => {
    const upload = await startUpload(service, newCaller('editor'));
    const other = newCaller('editor');
    const uploadId = upload.id;
    const attempts = [
      () => service.video.getUpload({ uploadId }),
      () => service.video.presignUploadParts({ uploadId, partNumbers: [1] }),
      () => service.video.completeUpload({ uploadId }),
      () => service.video.abortUpload({ uploadId }),
    ];
    for (const attempt of attempts) {
      await expect(service.as(other, attempt)).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
    }
  });

  it('requires an editor, valid fields, and a free slot of the account', async () => {
    const request = { titleId: randomUUID(), fileName: 'film.mp4', sizeBytes: 10, sha256: sha256(randomBytes(10)) };
    const start = (actor: Caller, change: Partial<videoV1.StartUploadRequest> = {}) =>
      service.as(actor, () => service.video.startUpload({ ...request, ...change }));
    await expect(service.video.startUpload(request)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(start(newCaller())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const editor = newCaller('editor');
    await expect(start(editor, { sizeBytes: 20_000_001 })).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
    await expect(start(editor, { sizeBytes: 0, fileName: '../film.mp4', sha256: 'no' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [{ path: 'fileName' }, { path: 'sizeBytes' }, { path: 'sha256' }],
    });
    for (const fileName of ['film\u202Egpj.exe', 'film\ud800', 'a\\b']) {
      await expect(start(editor, { fileName })).rejects.toMatchObject({ fieldErrors: [{ path: 'fileName' }] });
    }

    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => start(editor)));
    const started = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [outcome.value.upload?.id ?? ''] : [],
    );
    expect(started).toHaveLength(3);
    await expect(start(editor)).rejects.toMatchObject({ code: 'UPLOAD_LIMIT_REACHED' });
    await service.as(editor, () => service.video.abortUpload({ uploadId: started[0] ?? '' }));
    await expect(start(editor)).resolves.toMatchObject({ upload: { partCount: 1 } });
  });

  it('accepts no parts after an abort, and repeats the abort without an error', async () => {
    const editor = newCaller('editor');
    const upload = await startUpload(service, editor);
    const abort = () => service.as(editor, () => service.video.abortUpload({ uploadId: upload.id }));
    await abort();
    await abort();
    await expect(
      service.as(editor, () => service.video.presignUploadParts({ uploadId: upload.id, partNumbers: [1] })),
    ).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
    await expect(service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }))).rejects.toMatchObject(
      { code: 'UPLOAD_CLOSED' },
    );
    await eventually(async () => (await service.objects.listMultiparts(`sources/${upload.id}`)).length === 0);
  });

  it('returns UPLOAD_CLOSED when a completed upload is aborted', async () => {
    const editor = newCaller('editor');
    const bytes = randomBytes(10);
    const upload = await startUpload(service, editor, { bytes });
    await putParts(service, editor, upload, bytes);
    await service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }));
    await expect(service.as(editor, () => service.video.abortUpload({ uploadId: upload.id }))).rejects.toMatchObject({
      code: 'UPLOAD_CLOSED',
    });
  });

  it('expires an overdue upload and deletes its parts', async () => {
    const editor = newCaller('editor');
    const bytes = randomBytes(10);
    const upload = await startUpload(service, editor, { bytes });
    await putParts(service, editor, upload, bytes);
    await service.database.query('UPDATE upload SET expires_at = now() WHERE id = $1', [upload.id]);
    expect((await getUpload(editor, upload.id))?.state).toBe(videoV1.UploadState.UPLOAD_STATE_EXPIRED);
    await expect(service.as(editor, () => service.video.completeUpload({ uploadId: upload.id }))).rejects.toMatchObject(
      { code: 'UPLOAD_CLOSED' },
    );
    await eventually(async () => (await service.objects.listMultiparts(`sources/${upload.id}`)).length === 0);
  });

  it('publishes each state of an upload, with the asset of a completed and the reason of a rejected one', async () => {
    const onBroker = await TestEventReader.connect(UploadChangedV1);
    const editor = newCaller('editor');
    const bytes = randomBytes(10);
    const complete = async ({ id }: videoV1.Upload) =>
      (await service.as(editor, () => service.video.completeUpload({ uploadId: id }))).asset?.id;
    const open = async (): Promise<videoV1.Upload> => {
      const upload = await startUpload(service, editor, { bytes });
      await putParts(service, editor, upload, bytes);
      return upload;
    };
    const completed = await open();
    const assetId = await complete(completed);
    const aborted = await open();
    await service.as(editor, () => service.video.abortUpload({ uploadId: aborted.id }));
    const rejected = await startUpload(service, editor, { bytes });
    await putParts(service, editor, rejected, randomBytes(10));
    await expect(complete(rejected)).rejects.toMatchObject({ code: 'UPLOAD_CHECKSUM_MISMATCH' });
    const expired = await open();
    await service.database.query('UPDATE upload SET expires_at = now() WHERE id = $1', [expired.id]);

    const listEvents = ({ id }: videoV1.Upload) => onBroker.received.filter(({ uploadId }) => uploadId === id);
    const uploads = [completed, aborted, rejected, expired];
    await eventually(() => uploads.every((upload) => listEvents(upload).length === 2));
    const outcomes = [
      { state: 'completed', assetId },
      { state: 'aborted' },
      { state: 'rejected', rejectionCode: 'UPLOAD_CHECKSUM_MISMATCH' },
      { state: 'expired' },
    ];
    expect(uploads.map(listEvents)).toMatchObject(
      uploads.map(({ id, titleId }, index) => {
        const upload = { uploadId: id, titleId, accountId: editor.accountId };
        return [
          { ...upload, state: 'open' },
          { ...upload, ...outcomes[index] },
        ];
      }),
    );
    await onBroker.close();
  });

  it('lists the uploads of an account for a title, newest first, with their uploaded parts', async () => {
    const editor = newCaller('editor');
    const bytes = randomBytes(10);
    const first = await startUpload(service, editor, { bytes });
    const { titleId } = first;
    await service.as(editor, () => service.video.abortUpload({ uploadId: first.id }));
    const second = await startUpload(service, editor, { titleId, bytes });
    await startUpload(service, editor, { bytes });

    const list = async (actor = editor) =>
      (await service.as(actor, () => service.video.listUploads({ titleId }))).uploads;
    expect((await list()).map(({ id, sha256: sum }) => [id, sum])).toEqual([
      [second.id, sha256(bytes)],
      [first.id, sha256(bytes)],
    ]);
    expect(await list(newCaller('editor'))).toEqual([]);

    const { parts } = await service.as(editor, () =>
      service.video.presignUploadParts({ uploadId: second.id, partNumbers: [1] }),
    );
    await fetch(parts[0]?.url ?? '', { method: 'PUT', body: new Uint8Array(bytes) });
    await eventually(async () => (await list())[0]?.uploadedParts.length === 1);
  });
});
