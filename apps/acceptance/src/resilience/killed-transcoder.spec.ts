import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { requireBody, get } from '../support/http.js';
import { parseMaster, readPlaylist } from '../support/playlists.js';
import { processes, waitUntilPlatformIsReady } from '../support/processes.js';
import { unique } from '../support/unique.js';
import { longVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

describe('a transcoder that is killed during a job', () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn();
  });

  afterAll(async () => {
    await processes.start('transcoder');
    await waitUntilPlatformIsReady();
  });

  async function waitUntilRenditionIsRunning(assetId: string): Promise<void> {
    await eventually(
      () => editor.getAsset(assetId),
      ({ renditions }) => renditions.some(({ state }) => state === 'running'),
      { what: 'a rendition is running' },
    );
  }

  it('retries only the interrupted renditions, and the asset becomes ready with each rendition once', async () => {
    const { id: titleId } = await editor.createTitle(unique('Killed'));
    const { id } = await editor.uploadFile(titleId, await longVideo());
    await waitUntilRenditionIsRunning(id);
    await processes.kill('transcoder');
    // The leases have not expired yet, so the interrupted renditions are still reported as running.
    const interrupted = (await editor.getAsset(id)).renditions.filter(({ state }) => state === 'running');
    expect(interrupted).not.toHaveLength(0);

    await processes.start('transcoder');
    const asset = await editor.waitForAsset(id);
    expect(asset).toMatchObject({ state: 'ready', failureCode: null });
    const names = asset.renditions.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const rendition of asset.renditions) {
      expect(rendition).toMatchObject({ state: 'succeeded', progress: 1 });
    }
    const retried = asset.renditions.filter(({ attempt }) => attempt > 1);
    expect(retried.map(({ id: renditionId }) => renditionId)).toEqual(
      interrupted.map(({ id: renditionId }) => renditionId),
    );

    const title = await eventually(
      async () => requireBody(await get<Schema<'Title'>>(`/v1/titles/${titleId}`), 200),
      ({ isPlayable }) => isPlayable,
    );
    expect(title.assetId).toBe(id);
    const playback = await (await Viewer.signUp()).play(titleId);
    const variants = parseMaster(await readPlaylist(playback.playlistUrl), playback.playlistUrl);
    expect(variants).toHaveLength(asset.renditions.length);
  });
});
