import { randomUUID } from 'node:crypto';
import { newCaller } from '@viernes/platform/testing';
import { startVideo, type TestVideo } from '../testing/test-video.js';
import { completeAllJobs, startUpload, uploadAsset } from '../testing/workflow.js';

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

  it('requires a selected profile without a maximum age', async () => {
    const child = { ...newCaller(), profileId: randomUUID(), maximumAge: 8 };
    const read = () => service.video.exportAccount({});
    await expect(service.as(child, read)).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    await expect(service.as(newCaller(), read)).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
  });
});
