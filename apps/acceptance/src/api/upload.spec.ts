import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { assetEvents } from '../support/asset-events.js';
import { Editor, allParts } from '../support/editor.js';
import { requireBody, expectProblem, get, post, send } from '../support/http.js';
import { unique } from '../support/unique.js';
import {
  type VideoFile,
  paddedVideo,
  portraitVideo,
  readVideo,
  shortVideo,
  silentVideo,
  toVideoFile,
} from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

describe('uploads', () => {
  let editor: Editor;
  let video: VideoFile;

  beforeAll(async () => {
    editor = await Editor.signIn();
    video = await shortVideo();
  });

  async function newTitleId(): Promise<string> {
    return (await editor.createTitle(unique('Upload'))).id;
  }

  it('continues an interrupted upload with only the missing parts', async () => {
    const { partSizeBytes } = await editor.startUpload(await newTitleId(), video);
    const padded = await paddedVideo(2 * partSizeBytes + 12_345);
    const { id } = await editor.startUpload(await newTitleId(), padded);
    const upload = await editor.getUpload(id);
    expect(upload).toMatchObject({ state: 'open', partCount: 3, uploadedParts: [] });

    await editor.sendParts(upload, padded, [3, 1]);
    expectProblem(await editor.requestCompletion(id), 409, 'UPLOAD_INCOMPLETE');

    const { uploadedParts } = await editor.getUpload(id);
    expect(uploadedParts).toEqual([
      { partNumber: 1, sizeBytes: partSizeBytes },
      { partNumber: 3, sizeBytes: 12_345 },
    ]);
    await editor.sendParts(upload, padded, [2]);
    const asset = requireBody(await editor.requestCompletion(id), 200);
    expect(asset).toMatchObject({ titleId: upload.titleId, sizeBytes: padded.bytes.length });

    const repeated = requireBody(await editor.requestCompletion(id), 200);
    expect(repeated.id).toBe(asset.id);
    expect(await editor.getUpload(id)).toMatchObject({ state: 'completed', assetId: asset.id });
    expect(await editor.waitForAsset(asset.id)).toMatchObject({ state: 'ready' });
  });

  it('rejects an upload whose bytes differ from the declared checksum', async () => {
    const upload = await editor.startUpload(await newTitleId(), video, { sha256: 'ab'.repeat(32) });
    await editor.sendParts(upload, video, allParts(upload));
    expectProblem(await editor.requestCompletion(upload.id), 409, 'UPLOAD_CHECKSUM_MISMATCH');
    expect(await editor.getUpload(upload.id)).toMatchObject({ state: 'rejected', assetId: null });
    expectProblem(await editor.requestCompletion(upload.id), 409, 'UPLOAD_CHECKSUM_MISMATCH');
  });

  it('returns 409 UPLOAD_CLOSED for parts of an aborted upload', async () => {
    const { token } = editor;
    const { id } = await editor.startUpload(await newTitleId(), video);
    requireBody(await send('DELETE', `/v1/uploads/${id}`, { token }), 204);
    expect(await editor.getUpload(id)).toMatchObject({ state: 'aborted' });
    expectProblem(await post(`/v1/uploads/${id}/parts`, { partNumbers: [1] }, { token }), 409, 'UPLOAD_CLOSED');
  });

  it('returns 404 for an upload of another account', async () => {
    const { id } = await editor.startUpload(await newTitleId(), video);
    const { token } = await Viewer.signUp();
    expectProblem(await get(`/v1/uploads/${id}`, { token }), 404, 'UPLOAD_NOT_FOUND');
    expectProblem(await post(`/v1/uploads/${id}/complete`, {}, { token }), 404, 'UPLOAD_NOT_FOUND');
    expectProblem(await get(`/v1/uploads/${randomUUID()}`, { token: editor.token }), 404, 'UPLOAD_NOT_FOUND');
    requireBody(await send('DELETE', `/v1/uploads/${id}`, { token: editor.token }), 204);
  });

  it('streams the progress of each rendition until the asset is ready', async () => {
    const { id } = await editor.uploadFile(await newTitleId(), video);
    const events: Schema<'Asset'>[] = [];
    for await (const asset of assetEvents(id, editor.token)) events.push(asset);

    expect(events.at(-1)).toMatchObject({ id, state: 'ready' });
    const order = ['uploaded', 'processing', 'playable', 'ready'];
    const states = events.map(({ state }) => order.indexOf(state));
    expect(states).toEqual(states.toSorted((a, b) => a - b));
    expect(events.at(-1)?.renditions).not.toHaveLength(0);
    for (const { name } of events.at(-1)?.renditions ?? []) {
      const progress = events.flatMap(({ renditions }) => renditions.filter((rendition) => rendition.name === name));
      const fractions = progress.map((rendition) => rendition.progress);
      expect({ name, fractions }).toEqual({ name, fractions: fractions.toSorted((a, b) => a - b) });
      expect(progress.at(-1)).toMatchObject({ state: 'succeeded', progress: 1, attempt: 1 });
    }
  });

  it('fails an asset with SOURCE_UNREADABLE when the file is not a video', async () => {
    const text = toVideoFile('notes.mp4', Buffer.from('This is not a video.\n'.repeat(100)));
    const asset = await editor.waitForAsset((await editor.uploadFile(await newTitleId(), text)).id);
    expect(asset).toMatchObject({ state: 'failed', failureCode: 'SOURCE_UNREADABLE' });
  });

  it('transcodes a video without audio', async () => {
    const asset = await editor.waitForAsset((await editor.uploadFile(await newTitleId(), await silentVideo())).id);
    expect(asset).toMatchObject({ state: 'ready', failureCode: null });
    expect(asset.renditions.map(({ kind }) => kind)).not.toContain('audio');
  });

  it('transcodes a rotated video in its displayed orientation', async () => {
    const asset = await editor.waitForAsset((await editor.uploadFile(await newTitleId(), await portraitVideo())).id);
    expect(asset).toMatchObject({ state: 'ready', failureCode: null });
    for (const { kind, width, height } of asset.renditions) {
      if (kind === 'video') expect(Number(height)).toBeGreaterThan(Number(width));
    }
  });

  const files = config.filmsDir === undefined ? [] : readdirSync(config.filmsDir);
  for (const name of files.filter((file) => /^\.(mp4|webm|mov|mkv)$/i.test(extname(file)))) {
    it(`transcodes ${name}`, async () => {
      const file = await readVideo(join(config.filmsDir ?? '', name));
      expect(await editor.waitForAsset((await editor.uploadFile(await newTitleId(), file)).id)).toMatchObject({
        state: 'ready',
      });
    });
  }
});
