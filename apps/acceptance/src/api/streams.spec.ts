import type { Schema } from '@viernes/api-client';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { type HttpResponse, requireBody, expectProblem, get } from '../support/http.js';
import { unique } from '../support/unique.js';
import { shortVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

/** Above any plausible limit of concurrent streams. */
const MANY_STREAMS = 20;

describe('concurrent streams and progress', () => {
  let title: Schema<'Title'>;

  beforeAll(async () => {
    const editor = await Editor.signIn();
    title = await editor.createReadyTitle(unique('Streams'), await shortVideo());
  });

  async function playUntilRejected(
    viewer: Viewer,
  ): Promise<{ playing: Schema<'Playback'>[]; rejection: HttpResponse }> {
    const playing: Schema<'Playback'>[] = [];
    while (playing.length < MANY_STREAMS) {
      const response = await viewer.requestPlayback(title.id);
      if (response.status !== 201) return { playing, rejection: response };
      playing.push(response.body);
    }
    throw new Error(`${MANY_STREAMS} concurrent streams reached no limit`);
  }

  it('returns 429 above the stream limit of an account, until one of its streams stops', async () => {
    const viewer = await Viewer.signUp();
    const { playing, rejection } = await playUntilRejected(viewer);
    expectProblem(rejection, 429, 'STREAM_LIMIT_REACHED');

    requireBody(await viewer.stop(playing[0]?.id ?? ''), 204);
    requireBody(await viewer.requestPlayback(title.id), 201);
    expectProblem(await viewer.requestPlayback(title.id), 429, 'STREAM_LIMIT_REACHED');
  });

  it('counts the streams of each account separately', async () => {
    const [viewer, otherViewer] = [await Viewer.signUp(), await Viewer.signUp()];
    await playUntilRejected(viewer);
    requireBody(await otherViewer.requestPlayback(title.id), 201);
  });

  it('resumes at the last position until the title is watched to the end', async () => {
    const viewer = await Viewer.signUp();
    const playback = await viewer.play(title.id);
    requireBody(await viewer.heartbeat(playback.id, 4_000), 200);
    requireBody(await viewer.heartbeat(playback.id, 5_000), 200);
    requireBody(await viewer.stop(playback.id), 204);

    const [entry] = await eventually(
      () => viewer.continueWatching(),
      ([first]) => first?.positionMs === 5_000,
    );
    expect(entry).toMatchObject({ title: { id: title.id }, assetId: title.assetId, durationMs: playback.durationMs });

    const path = `/v1/home?profileId=${viewer.profileId}`;
    const home = requireBody(await get<Schema<'Home'>>(path, { token: viewer.token }), 200);
    expect(home.rows[0]).toMatchObject({
      id: 'continue-watching',
      titles: [{ id: title.id, progress: { positionMs: 5_000, durationMs: playback.durationMs } }],
    });

    const resumed = await viewer.play(title.id);
    expect(resumed.resumePositionMs).toBe(5_000);

    requireBody(await viewer.heartbeat(resumed.id, resumed.durationMs), 200);
    await eventually(
      () => viewer.continueWatching(),
      (entries) => entries.length === 0,
    );
    expect((await viewer.play(title.id)).resumePositionMs).toBe(0);
  });
});
