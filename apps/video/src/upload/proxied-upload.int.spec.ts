import { randomBytes } from 'node:crypto';
import { newCaller } from '@viernes/platform/testing';
import { startUpload } from '../testing/workflow.js';
import { startVideo, type TestVideo } from '../testing/test-video.js';

const PART_BYTES = 5 * 1024 * 1024;

describe('uploads when browsers do not reach object storage', () => {
  let service: TestVideo;
  beforeAll(async () => {
    service = await startVideo({ S3_PUBLIC_ENDPOINT: '', UPLOAD_PART_BYTES: String(PART_BYTES) });
  });
  afterAll(async () => service?.stop());

  const bytes = randomBytes(PART_BYTES + 10);
  const editor = newCaller('editor');

  it('returns a token per part, which authorizes the edge to request the URL of that part', async () => {
    const { id: uploadId } = await startUpload(service, editor, { bytes });
    const { parts } = await service.as(editor, () =>
      service.video.presignUploadParts({ uploadId, partNumbers: [1, 2] }),
    );
    expect(parts.map(({ url, sizeBytes }) => ({ url, sizeBytes }))).toEqual([
      { url: '', sizeBytes: PART_BYTES },
      { url: '', sizeBytes: 10 },
    ]);
    for (const { partNumber, token } of parts) {
      const { url, sizeBytes } = await service.video.getPartLocation({ uploadId, partNumber, token });
      const body = new Uint8Array(bytes.subarray((partNumber - 1) * PART_BYTES).subarray(0, sizeBytes));
      expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
    }
    const { asset } = await service.as(editor, () => service.video.completeUpload({ uploadId }));
    expect(asset?.sizeBytes).toBe(bytes.length);

    const [first] = parts;
    await expect(
      service.video.getPartLocation({ uploadId, partNumber: 1, token: first?.token ?? '' }),
    ).rejects.toMatchObject({ code: 'UPLOAD_CLOSED' });
  });

  it('returns UPLOAD_NOT_FOUND for the token of another part', async () => {
    const { id: uploadId } = await startUpload(service, editor, { bytes });
    const { parts } = await service.as(editor, () => service.video.presignUploadParts({ uploadId, partNumbers: [2] }));
    const token = parts[0]?.token ?? '';
    await expect(service.video.getPartLocation({ uploadId, partNumber: 1, token })).rejects.toMatchObject({
      code: 'UPLOAD_NOT_FOUND',
    });
  });
});
