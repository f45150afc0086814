import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { decodeWithFfmpeg } from '../support/hls-client.js';
import { requireBody, get } from '../support/http.js';
import { processes, waitUntilPlatformIsReady } from '../support/processes.js';
import { unique, uniqueWord } from '../support/unique.js';
import { shortVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

/** Processes that depend on the others. */
const DEPENDENTS: readonly string[] = ['edge', 'transcoder'];

/** The data of this suite, as clients read it. */
interface PlatformData {
  readonly titles: readonly Schema<'Title'>[];
  readonly asset: Schema<'Asset'>;
  readonly continueWatching: Schema<'ContinueWatchingList'>['entries'];
}

describe('a restart of every process, dependents first', () => {
  const word = uniqueWord();
  let editor: Editor;
  let viewer: Viewer;
  let title: Schema<'Title'>;
  let before: PlatformData;

  async function readData(): Promise<PlatformData> {
    const { titles } = requireBody(await get<Schema<'TitlePage'>>(`/v1/titles?genre=${word}`), 200);
    return {
      titles,
      asset: await editor.getAsset(title.assetId ?? ''),
      continueWatching: await viewer.continueWatching(),
    };
  }

  beforeAll(async () => {
    editor = await Editor.signIn();
    viewer = await Viewer.signUp();
    for (const number of ['one', 'two']) await editor.createTitle(`${word} ${number}`, { genres: [word] });
    title = await editor.createReadyTitle(unique('Restart'), await shortVideo());
    const playback = await viewer.play(title.id);
    requireBody(await viewer.heartbeat(playback.id, 5_000), 200);
    await eventually(
      () => viewer.continueWatching(),
      ([entry]) => entry?.positionMs === 5_000,
    );
    before = await readData();

    const names = (await processes.list()).map(({ name }) => name);
    for (const name of names) await processes.stop(name);
    // The dependents start first, so that they have to wait for their dependencies.
    const [dependents, others] = [true, false].map((isDependent) =>
      names.filter((name) => DEPENDENTS.includes(name) === isDependent),
    );
    for (const name of [...(dependents ?? []), ...(others ?? []).toReversed()]) await processes.start(name);
    await waitUntilPlatformIsReady();
  });

  it('returns titles, asset and progress unchanged after the restart', async () => {
    expect(before.titles).toHaveLength(2);
    expect(await readData()).toEqual(before);
  });

  it('accepts access tokens from before the restart, and new sign-ins', async () => {
    expect(await get('/v1/profiles', { token: viewer.token })).toMatchObject({ status: 200 });
    await Viewer.signIn(viewer.email);
  });

  it('plays existing titles and transcodes new ones after the restart', async () => {
    const playback = await viewer.play(title.id);
    expect(playback.resumePositionMs).toBe(5_000);
    expect((await decodeWithFfmpeg(playback.playlistUrl)).stderr).toBe('');
    const next = await editor.createReadyTitle(unique('After the restart'), await shortVideo());
    expect(next.isPlayable).toBe(true);
  });
});
