import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { config } from '../config.js';
import type { Asset } from '../support/api-types.js';
import { assetEvents } from '../support/asset-events.js';
import type { FilmFile } from '../support/editor.js';
import { Editor, allParts, filmFile, readFilm } from '../support/editor.js';
import { heavyFilm, portraitFilm, shortFilm, silentFilm } from '../support/films.js';
import { bodyOf, expectProblem, get, post, send } from '../support/http.js';
import { unique } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe('uploading a film', () => {
  let editor: Editor;
  let film: FilmFile;

  beforeAll(async () => {
    editor = await Editor.signIn();
    film = await shortFilm();
  });

  async function newTitleId(): Promise<string> {
    return (await editor.makeTitle(unique('Upload'))).id;
  }

  it('goes on where it was broken off', async () => {
    const { partSizeBytes } = await editor.openUpload(await newTitleId(), film);
    const heavy = await heavyFilm(2 * partSizeBytes + 12_345);
    const { id } = await editor.openUpload(await newTitleId(), heavy);
    const upload = await editor.upload(id);
    expect(upload).toMatchObject({ state: 'open', partCount: 3, uploadedParts: [] });

    await editor.sendParts(upload, heavy, [3, 1]);
    expectProblem(await editor.requestCompletion(id), 409, 'UPLOAD_INCOMPLETE');

    const { uploadedParts } = await editor.upload(id);
    expect(uploadedParts).toEqual([
      { partNumber: 1, sizeBytes: partSizeBytes },
      { partNumber: 3, sizeBytes: 12_345 },
    ]);
    await editor.sendParts(upload, heavy, [2]);
    const asset = bodyOf(await editor.requestCompletion(id), 200);
    expect(asset).toMatchObject({ titleId: upload.titleId, sizeBytes: heavy.bytes.length });

    const repeated = bodyOf(await editor.requestCompletion(id), 200);
    expect(repeated.id).toBe(asset.id);
    expect(await editor.upload(id)).toMatchObject({ state: 'completed', assetId: asset.id });
    expect(await editor.finishedAsset(asset.id)).toMatchObject({ state: 'ready' });
  });

  it('refuses bytes that are not those declared', async () => {
    const upload = await editor.openUpload(await newTitleId(), film, { sha256: 'ab'.repeat(32) });
    await editor.sendParts(upload, film, allParts(upload));
    expectProblem(await editor.requestCompletion(upload.id), 409, 'UPLOAD_CHECKSUM_MISMATCH');
    expect(await editor.upload(upload.id)).toMatchObject({ state: 'rejected', assetId: null });
    expectProblem(await editor.requestCompletion(upload.id), 409, 'UPLOAD_CHECKSUM_MISMATCH');
  });

  it('can be given up', async () => {
    const { token } = editor;
    const { id } = await editor.openUpload(await newTitleId(), film);
    bodyOf(await send('DELETE', `/v1/uploads/${id}`, { token }), 204);
    expect(await editor.upload(id)).toMatchObject({ state: 'aborted' });
    expectProblem(await post(`/v1/uploads/${id}/parts`, { partNumbers: [1] }, { token }), 409, 'UPLOAD_CLOSED');
  });

  it('is nobody else’s business', async () => {
    const { id } = await editor.openUpload(await newTitleId(), film);
    const { token } = await Viewer.signUp();
    expectProblem(await get(`/v1/uploads/${id}`, { token }), 404, 'UPLOAD_NOT_FOUND');
    expectProblem(await post(`/v1/uploads/${id}/complete`, {}, { token }), 404, 'UPLOAD_NOT_FOUND');
    expectProblem(await get(`/v1/uploads/${randomUUID()}`, { token: editor.token }), 404, 'UPLOAD_NOT_FOUND');
    bodyOf(await send('DELETE', `/v1/uploads/${id}`, { token: editor.token }), 204);
  });

  it('tells how far the film is, rung by rung, until it is ready', async () => {
    const { id } = await editor.uploadFilm(await newTitleId(), film);
    const told: Asset[] = [];
    for await (const asset of assetEvents(id, editor.token)) told.push(asset);

    expect(told.at(-1)).toMatchObject({ id, state: 'ready' });
    const order = ['uploaded', 'processing', 'playable', 'ready'];
    const states = told.map(({ state }) => order.indexOf(state));
    expect(states).toEqual(states.toSorted((a, b) => a - b));
    expect(told.at(-1)?.renditions).not.toHaveLength(0);
    for (const { name } of told.at(-1)?.renditions ?? []) {
      const progress = told.flatMap(({ renditions }) => renditions.filter((rendition) => rendition.name === name));
      const shares = progress.map((rendition) => rendition.progress);
      expect({ name, shares }).toEqual({ name, shares: shares.toSorted((a, b) => a - b) });
      expect(progress.at(-1)).toMatchObject({ state: 'succeeded', progress: 1, attempt: 1 });
    }
  });

  it('ends in a code where the file is no film', async () => {
    const text = filmFile('notes.mp4', Buffer.from('This is not a film.\n'.repeat(100)));
    const asset = await editor.finishedAsset((await editor.uploadFilm(await newTitleId(), text)).id);
    expect(asset).toMatchObject({ state: 'failed', failureCode: 'SOURCE_UNREADABLE' });
  });

  it('takes a film without sound', async () => {
    const asset = await editor.finishedAsset((await editor.uploadFilm(await newTitleId(), await silentFilm())).id);
    expect(asset).toMatchObject({ state: 'ready', failureCode: null });
    expect(asset.renditions.map(({ kind }) => kind)).not.toContain('audio');
  });

  it('shows a film that was held upright upright', async () => {
    const asset = await editor.finishedAsset((await editor.uploadFilm(await newTitleId(), await portraitFilm())).id);
    expect(asset).toMatchObject({ state: 'ready', failureCode: null });
    for (const { kind, width, height } of asset.renditions) {
      if (kind === 'video') expect(Number(height)).toBeGreaterThan(Number(width));
    }
  });

  const films = config.filmsDir === undefined ? [] : readdirSync(config.filmsDir);
  for (const name of films.filter((file) => /^\.(mp4|webm|mov|mkv)$/i.test(extname(file)))) {
    it(`makes ${name} playable`, async () => {
      const more = await readFilm(join(config.filmsDir ?? '', name));
      expect(await editor.finishedAsset((await editor.uploadFilm(await newTitleId(), more)).id)).toMatchObject({
        state: 'ready',
      });
    });
  }
});
