import { randomBytes } from 'node:crypto';
import { eventually } from '@viernes/testing';
import { sha256, startUpload } from '../testing/films.js';
import { newActor, startVideo, type RunningVideo } from '../testing/video-service.js';

const PART_BYTES = 5 * 1024 * 1024;

describe('an upload where browsers do not reach the store', () => {
  let running: RunningVideo;
  beforeAll(async () => {
    running = await startVideo({ S3_PUBLIC_ENDPOINT: '', UPLOAD_PART_BYTES: String(PART_BYTES) });
  });
  afterAll(async () => running?.stop());

  const bytes = randomBytes(PART_BYTES + 10);
  const editor = newActor();

  it('names no address of the store; with the token of a part whoever has it is told where that part goes', async () => {
    const { id: uploadId } = await startUpload(running, editor, { bytes });
    const { parts } = await running.as(editor, () =>
      running.video.presignUploadParts({ uploadId, partNumbers: [1, 2] }),
    );
    expect(parts.map(({ url, sizeBytes }) => ({ url, sizeBytes }))).toEqual([
      { url: '', sizeBytes: PART_BYTES },
      { url: '', sizeBytes: 10 },
    ]);
    for (const { partNumber, token } of parts) {
      const { url, sizeBytes } = await running.video.getPartLocation({ uploadId, partNumber, token });
      const body = new Uint8Array(bytes.subarray((partNumber - 1) * PART_BYTES).subarray(0, sizeBytes));
      expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
    }
    const { asset } = await running.as(editor, () => running.video.completeUpload({ uploadId }));
    expect(asset?.sizeBytes).toBe(bytes.length);

    const [first] = parts;
    await expect(
      running.video.getPartLocation({ uploadId, partNumber: 1, token: first?.token ?? '' }),
    ).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
  });

  it('tells nothing for the token of another part', async () => {
    const { id: uploadId } = await startUpload(running, editor, { bytes });
    const { parts } = await running.as(editor, () => running.video.presignUploadParts({ uploadId, partNumbers: [2] }));
    const token = parts[0]?.token ?? '';
    await expect(running.video.getPartLocation({ uploadId, partNumber: 1, token })).rejects.toMatchObject({
      code: 'UPLOAD_NOT_FOUND',
    });
  });
});

describe("an account's uploads for a title", () => {
  let running: RunningVideo;
  beforeAll(async () => {
    running = await startVideo();
  });
  afterAll(async () => running?.stop());

  it('are listed with the parts that arrived, the latest first, to that account alone', async () => {
    const editor = newActor();
    const bytes = randomBytes(10);
    const first = await startUpload(running, editor, { bytes });
    const { titleId } = first;
    await running.as(editor, () => running.video.abortUpload({ uploadId: first.id }));
    const second = await startUpload(running, editor, { titleId, bytes });
    await startUpload(running, editor, { bytes });

    const list = async (actor = editor) =>
      (await running.as(actor, () => running.video.listUploads({ titleId }))).uploads;
    expect((await list()).map(({ id, sha256: sum }) => [id, sum])).toEqual([
      [second.id, sha256(bytes)],
      [first.id, sha256(bytes)],
    ]);
    expect(await list(newActor())).toEqual([]);

    const { parts } = await running.as(editor, () =>
      running.video.presignUploadParts({ uploadId: second.id, partNumbers: [1] }),
    );
    await fetch(parts[0]?.url ?? '', { method: 'PUT', body: new Uint8Array(bytes) });
    await eventually(async () => (await list())[0]?.uploadedParts.length === 1);
  });
});
