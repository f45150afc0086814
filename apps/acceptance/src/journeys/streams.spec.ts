import type { Home, Playback, Title } from '../support/api-types.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { shortFilm } from '../support/films.js';
import type { Answer } from '../support/http.js';
import { bodyOf, expectProblem, get } from '../support/http.js';
import { unique } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

/** More screens than any household has: the limit is below. */
const MANY_STREAMS = 20;

describe('watching on several evenings and screens', () => {
  let title: Title;

  beforeAll(async () => {
    const editor = await Editor.signIn();
    title = await editor.readyTitle(unique('Streams'), await shortFilm());
  });

  async function playUntilRefused(viewer: Viewer): Promise<{ playing: Playback[]; refused: Answer }> {
    const playing: Playback[] = [];
    while (playing.length < MANY_STREAMS) {
      const answer = await viewer.requestPlayback(title.id);
      if (answer.status !== 201) return { playing, refused: answer };
      playing.push(answer.body);
    }
    throw new Error(`${MANY_STREAMS} streams at a time, and no limit`);
  }

  it('has a limit of streams an account, and an ended one makes room', async () => {
    const viewer = await Viewer.signUp();
    const { playing, refused } = await playUntilRefused(viewer);
    expectProblem(refused, 429, 'STREAM_LIMIT_REACHED');

    bodyOf(await viewer.stop(playing[0]?.id ?? ''), 204);
    bodyOf(await viewer.requestPlayback(title.id), 201);
    expectProblem(await viewer.requestPlayback(title.id), 429, 'STREAM_LIMIT_REACHED');
  });

  it('counts streams of each account for itself', async () => {
    const [viewer, neighbour] = [await Viewer.signUp(), await Viewer.signUp()];
    await playUntilRefused(viewer);
    bodyOf(await neighbour.requestPlayback(title.id), 201);
  });

  it('goes on where the viewer stopped, until the film is over', async () => {
    const viewer = await Viewer.signUp();
    const playback = await viewer.play(title.id);
    bodyOf(await viewer.heartbeat(playback.id, 4_000), 200);
    bodyOf(await viewer.heartbeat(playback.id, 5_000), 200);
    bodyOf(await viewer.stop(playback.id), 204);

    const [entry] = await eventually(
      () => viewer.continueWatching(),
      ([first]) => first?.positionMs === 5_000,
    );
    expect(entry).toMatchObject({ title: { id: title.id }, assetId: title.assetId, durationMs: playback.durationMs });

    const home = bodyOf(await get<Home>(`/v1/home?profileId=${viewer.profileId}`, { token: viewer.token }), 200);
    expect(home.rows[0]).toMatchObject({
      id: 'continue-watching',
      titles: [{ id: title.id, progress: { positionMs: 5_000, durationMs: playback.durationMs } }],
    });

    const next = await viewer.play(title.id);
    expect(next.resumePositionMs).toBe(5_000);

    bodyOf(await viewer.heartbeat(next.id, next.durationMs), 200);
    await eventually(
      () => viewer.continueWatching(),
      (entries) => entries.length === 0,
    );
    expect((await viewer.play(title.id)).resumePositionMs).toBe(0);
  });
});
