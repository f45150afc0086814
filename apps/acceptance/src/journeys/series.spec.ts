import type { Schema } from '@viernes/api-client';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { get, requireBody } from '../support/http.js';
import { unique, uniqueEmail } from '../support/unique.js';
import { shortVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

describe('a series', () => {
  const user = openUserPerTest();
  const name = unique('Night Shift');
  let editor: Editor;
  let series: Schema<'Title'>;
  let first: Schema<'Episode'>;
  let second: Schema<'Episode'>;

  beforeAll(async () => {
    editor = await Editor.signIn();
    series = await editor.createTitle(name, { kind: 'series', seasonCount: 1 });
    const episodes = [
      { number: 1, name: 'Departure', synopsis: 'A train leaves at midnight.' },
      { number: 2, name: 'Arrival' },
    ];
    const season = await editor.createSeason(series.id, { number: 1, releaseYear: 2026, episodes });
    [first, second] = season.episodes as [Schema<'Episode'>, Schema<'Episode'>];
    const video = await shortVideo();
    for (const { id } of [first, second]) {
      const asset = await editor.waitForAsset((await editor.uploadFile(id, video)).id);
      expect(asset.state).toBe('ready');
    }
    await eventually(
      async () => requireBody(await get<Schema<'SeasonList'>>(`/v1/titles/${series.id}/seasons`), 200).seasons,
      (seasons) => seasons.flatMap(({ episodes: each }) => each).every(({ isPlayable }) => isPlayable),
      { what: 'the catalog reports both episodes as playable' },
    );
  });

  it('a series whose episodes are playable is playable, and is found by its slug', async () => {
    const title = requireBody(await get<Schema<'TitleDetails'>>(`/v1/titles/${series.slug}`), 200);
    expect(title).toMatchObject({ id: series.id, isPlayable: true, seasonCount: 1 });
  });

  it('plays the first episode, and the second one when the first is finished', async () => {
    const viewer = await Viewer.signUp();
    const playback = await viewer.play(series.id);
    expect(playback.titleId).toBe(first.id);
    await viewer.heartbeat(playback.id, playback.durationMs);
    await viewer.stop(playback.id);
    await eventually(
      async () => {
        const next = await viewer.play(series.id);
        await viewer.stop(next.id);
        return next.titleId;
      },
      (titleId) => titleId === second.id,
      { what: 'the series continues with its second episode' },
    );
    expect(await viewer.continueWatching()).toMatchObject([
      { title: { id: series.id }, episode: { id: second.id }, positionMs: 0 },
    ]);
    await user().signIn(viewer.email, Viewer.password);
    const row = user().page.getByRole('region', { name: 'Continue watching' });
    await row.getByText('Season 1 · Arrival').waitFor();
    await row.getByRole('link', { name: `Play ${name}` }).waitFor();
  });

  it('continues with an episode that is not finished, under the name of the series', async () => {
    const viewer = await Viewer.signUp();
    const playback = await viewer.play(second.id);
    await viewer.heartbeat(playback.id, Math.round(playback.durationMs / 2));
    const entries = await eventually(
      () => viewer.continueWatching(),
      ({ length }) => length === 1,
      { what: 'the episode is in the list' },
    );
    expect(entries).toMatchObject([{ title: { id: series.id }, episode: { id: second.id, name: 'Arrival' } }]);
    await viewer.stop(playback.id);
  });

  it('accepts no video for the series itself', async () => {
    const upload = editor.startUpload(series.id, await shortVideo());
    await expect(upload).rejects.toThrow('TITLE_HAS_EPISODES');
  });

  it('shows its episodes, and plays the selected one', async () => {
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
    const { page } = user();
    await page.goto(new URL(`/titles/${series.id}`, page.url()).href);
    await page.getByRole('heading', { name: 'Season 1' }).waitFor();
    await page.getByText('A train leaves at midnight.').waitFor();
    const started = page.waitForResponse((response) => response.url().endsWith('/v1/playback'));
    await page.getByRole('link', { name: 'Play Arrival' }).click();
    expect(await (await started).json()).toMatchObject({ titleId: second.id });
    await page.getByRole('heading', { name }).waitFor();
  });
});
