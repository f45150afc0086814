import type { Asset, Title } from '../support/api-types.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { longFilm } from '../support/films.js';
import { bodyOf, get } from '../support/http.js';
import { parseMaster, readPlaylist } from '../support/playlists.js';
import { platformIsWhole, processes } from '../support/processes.js';
import { unique } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe('a transcoder killed in the middle of a job', () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn();
  });

  afterAll(async () => {
    await processes.start('transcoder');
    await platformIsWhole();
  });

  async function someWorkDone(assetId: string): Promise<void> {
    await eventually(
      () => editor.asset(assetId),
      ({ renditions }) => renditions.some(({ state, progress }) => state === 'running' && progress > 0),
      { what: 'a rendition is half done' },
    );
  }

  it('costs an attempt and nothing else: the film becomes ready, each rendition once', async () => {
    const { id: titleId } = await editor.makeTitle(unique('Killed'));
    const { id } = await editor.uploadFilm(titleId, await longFilm());
    await someWorkDone(id);
    await processes.kill('transcoder');
    // Nobody has told the platform yet: what it still takes for running is what was lost.
    const interrupted = (await editor.asset(id)).renditions.filter(({ state }) => state === 'running');
    expect(interrupted).not.toHaveLength(0);

    await processes.start('transcoder');
    const asset: Asset = await editor.finishedAsset(id);
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
      async () => bodyOf(await get<Title>(`/v1/titles/${titleId}`), 200),
      ({ isPlayable }) => isPlayable,
    );
    expect(title.assetId).toBe(id);
    const playback = await (await Viewer.signUp()).play(titleId);
    const variants = parseMaster(await readPlaylist(playback.playlistUrl), playback.playlistUrl);
    expect(variants).toHaveLength(asset.renditions.length);
  });
});
