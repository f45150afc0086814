import type { Asset, ContinueWatching, Title } from '../support/api-types.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { shortFilm } from '../support/films.js';
import { bodyOf, get } from '../support/http.js';
import { playWithFfmpeg } from '../support/hls-client.js';
import { platformIsWhole, processes } from '../support/processes.js';
import { unique, uniqueWord } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

/** Processes that only call others. */
const NEEDY: readonly string[] = ['edge', 'transcoder'];

/** What somebody sees of the platform, as far as this suite made it. */
interface Seen {
  readonly titles: readonly Title[];
  readonly asset: Asset;
  readonly continueWatching: ContinueWatching['entries'];
}

describe('every process restarted, the front door first', () => {
  const word = uniqueWord();
  let editor: Editor;
  let viewer: Viewer;
  let title: Title;
  let before: Seen;

  async function look(): Promise<Seen> {
    const { titles } = bodyOf(await get<{ titles: Title[] }>(`/v1/titles?genre=${word}`), 200);
    return {
      titles,
      asset: await editor.asset(title.assetId ?? ''),
      continueWatching: await viewer.continueWatching(),
    };
  }

  beforeAll(async () => {
    editor = await Editor.signIn();
    viewer = await Viewer.signUp();
    for (const part of ['one', 'two']) await editor.makeTitle(`${word} ${part}`, { genres: [word] });
    title = await editor.readyTitle(unique('Restart'), await shortFilm());
    const playback = await viewer.play(title.id);
    bodyOf(await viewer.heartbeat(playback.id, 5_000), 200);
    await eventually(
      () => viewer.continueWatching(),
      ([entry]) => entry?.positionMs === 5_000,
    );
    before = await look();

    const names = (await processes.list()).map(({ name }) => name);
    for (const name of names) await processes.stop(name);
    // Who needs others comes first, finds nobody, and has to wait for them.
    const others = names.filter((name) => !NEEDY.includes(name));
    for (const name of [...NEEDY, ...others.toReversed()]) await processes.start(name);
    await platformIsWhole();
  });

  it('finds titles, asset and progress as they were', async () => {
    expect(before.titles).toHaveLength(2);
    expect(await look()).toEqual(before);
  });

  it('keeps people signed in, and lets them in again', async () => {
    expect(await get('/v1/profiles', { token: viewer.token })).toMatchObject({ status: 200 });
    await Viewer.signIn(viewer.email);
  });

  it('plays what was there, and makes what is new', async () => {
    const playback = await viewer.play(title.id);
    expect(playback.resumePositionMs).toBe(5_000);
    expect((await playWithFfmpeg(playback.playlistUrl)).complaints).toBe('');
    const next = await editor.readyTitle(unique('After the restart'), await shortFilm());
    expect(next.isPlayable).toBe(true);
  });
});
