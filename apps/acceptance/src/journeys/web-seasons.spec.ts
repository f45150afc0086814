import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { findViolations } from '../support/accessibility.js';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { get, requireBody, send } from '../support/http.js';
import { unique } from '../support/unique.js';
import { shortVideo } from '../support/video-files.js';

describe('the seasons of a series in the browser', () => {
  const user = openUserPerTest();
  let editor: Editor;
  let series: Schema<'Title'>;

  beforeAll(async () => {
    editor = await Editor.signIn();
  });
  beforeEach(async () => {
    series = await editor.createTitle(unique('Night train'), { kind: 'series' });
    await user().signIn(config.editorEmail, config.editorPassword);
  });

  const field = (label: string) => user().page.getByLabel(label, { exact: true });
  const message = (text: string) => user().page.getByRole('status').filter({ hasText: text });
  const readSeasons = async (): Promise<Schema<'Season'>[]> => {
    const response = await get<Schema<'SeasonList'>>(`/v1/titles/${series.id}/seasons`, { token: editor.token });
    return requireBody(response, 200).seasons;
  };
  const openSeason = async (season: number | 'new'): Promise<void> => {
    await user().page.goto(`/editor/titles/${series.id}/seasons/${season}`);
    await user().heading('Changes to save').waitFor();
  };

  it('an editor adds a season with episodes, with the keyboard', async () => {
    const { page } = user();
    await page.goto(`/editor/titles/${series.id}`);
    await user().link('Seasons and episodes').press('Enter');
    await page.waitForFunction((title) => document.title === title, `Seasons of ${series.name} · Viernes`);
    await user().link('New season').press('Enter');
    await field('Year').fill('2026');
    for (const [index, name] of ['Departure', 'Arrival'].entries()) {
      await user().button('Add episode').press('Enter');
      await field(`Name of row ${index + 1}`).fill(name);
    }
    await field('Minutes of row 1').fill('42');
    await user().button('Create season').press('Enter');
    await user().heading('Season 1').waitFor();
    expect(await readSeasons()).toMatchObject([
      {
        ...{ number: 1, releaseYear: 2026 },
        episodes: [
          { number: 1, name: 'Departure', runtimeMinutes: 42 },
          { number: 2, name: 'Arrival' },
        ],
      },
    ]);
    expect(user().errors).toEqual([]);
  });

  it('an editor renumbers and removes episodes, and undoes the changes', async () => {
    const names = ['One', 'Two', 'Three'];
    await editor.createSeason(series.id, {
      number: 1,
      episodes: names.map((name, index) => ({ number: index + 1, name })),
    });
    await openSeason(1);
    const readIds = async () => (await readSeasons())[0]?.episodes.map(({ id }) => id);
    const [, , third] = (await readIds()) ?? [];
    await user().button('Remove episode 3').click();
    await user().page.getByText('Viewers can no longer find or play these episodes: Three.').waitFor();
    await field('Number of row 1').fill('2');
    await user().page.getByText('Another episode has this number.').first().waitFor();
    await field('Number of row 2').fill('1');
    const changes = await user().page.locator('form .change-list strong').allInnerTexts();
    expect(changes).toEqual(['Episode 1', 'Episode 2', 'Episode 3']);
    await user().button('Save changes').click();
    await message('Saved').waitFor();
    const readNames = async () => (await readSeasons())[0]?.episodes.map(({ name }) => name);
    expect(await readNames()).toEqual(['Two', 'One']);
    await user().button('Undo').click();
    await message('The earlier version was restored').waitFor();
    expect(await readNames()).toEqual(names);
    // The episode has the same ID, and therefore its video.
    expect((await readIds())?.[2]).toBe(third);
    const history = user().page.getByRole('region', { name: 'History' });
    await eventually(
      () => history.getByRole('heading', { name: 'Changed by you' }).count(),
      (count) => count === 2,
    );
    await history.getByText('Episode 3', { exact: true }).first().waitFor();
  });

  it('an editor does not overwrite the season that another editor changed', async () => {
    await editor.createSeason(series.id, { number: 1, episodes: [] });
    await openSeason(1);
    await field('Name').fill('Mine');
    const headers = { 'if-match': '*', 'content-type': 'application/merge-patch+json' };
    const request = { token: editor.token, headers, body: { name: 'Theirs', synopsis: 'Theirs' } };
    requireBody(await send('PATCH', `/v1/titles/${series.id}/seasons/1`, request), 200);
    await user().button('Save changes').click();
    const conflict = user().page.getByRole('alert').filter({ hasText: 'Another editor saved changes first' });
    await conflict.getByText('replaces theirs').waitFor();
    expect(await findViolations(user().page)).toEqual([]);
    await user().button('Apply my changes to the new version').click();
    expect(await field('Synopsis').inputValue()).toBe('Theirs');
    await user().button('Save changes').click();
    await message('Saved').waitFor();
    expect(await readSeasons()).toMatchObject([{ name: 'Mine', synopsis: 'Theirs', revision: 3 }]);
  });

  it.each([
    ['renames the season', { name: 'Theirs' }],
    [
      'creates the removed episode again',
      {
        episodes: [
          { number: 1, name: 'One' },
          { number: 2, name: 'Theirs' },
        ],
      },
    ],
  ])('an editor sees the conflict when another editor %s during an undo', async (_, theirs) => {
    const names = ['One', 'Two', 'Three'];
    const episodes = names.map((name, index) => ({ number: index + 1, name }));
    await editor.createSeason(series.id, { number: 1, episodes });
    await openSeason(1);
    await user().button('Remove episode 3').click();
    await user().button('Remove episode 2').click();
    await user().button('Save changes').click();
    await message('Saved').waitFor();
    const headers = { 'if-match': '*', 'content-type': 'application/merge-patch+json' };
    const request = { token: editor.token, headers, body: theirs };
    let isInterrupted = false;
    const isUndo = ({ searchParams }: URL) => searchParams.has('restoreEpisodes');
    await user().page.route(isUndo, async (route) => {
      if (!isInterrupted) requireBody(await send('PATCH', `/v1/titles/${series.id}/seasons/1`, request), 200);
      isInterrupted = true;
      await route.continue();
    });
    await user().button('Undo').click();
    const conflict = user().page.getByRole('alert').filter({ hasText: 'Another editor saved changes first' });
    await conflict.waitFor();
    expect(JSON.stringify(await readSeasons())).toContain('Theirs');
    expect(JSON.stringify(await readSeasons())).not.toContain('Three');
    await user().button('Discard my changes').click();
    expect(JSON.stringify(await readSeasons())).toContain('Theirs');
  });

  it('an editor deletes a season after a confirmation, and undoes the deletion', async () => {
    await editor.createSeason(series.id, { number: 2, episodes: [{ number: 1, name: 'Only' }] });
    await openSeason(2);
    await user().button('Delete the season').click();
    await user().button('Delete').click();
    await message('Season 2 was deleted').waitFor();
    expect(await readSeasons()).toEqual([]);
    await user().button('Undo').click();
    await user().heading('Changes to save').waitFor();
    expect(await readSeasons()).toMatchObject([{ number: 2, episodes: [{ name: 'Only' }] }]);
  });

  it('an editor starts an upload from an episode', async () => {
    const { page } = user();
    const video = await shortVideo();
    const { episodes } = await editor.createSeason(series.id, {
      number: 1,
      episodes: [{ number: 1, name: 'Departure' }],
    });
    await openSeason(1);
    await user().link('Upload a video of Departure').click();
    await field('Episode').waitFor();
    expect(await field('Episode').locator('option:checked').innerText()).toBe('1. Departure');
    await page
      .getByLabel('Choose a video file')
      .setInputFiles({ name: video.fileName, mimeType: 'video/mp4', buffer: video.bytes });
    await user().button('Upload').click();
    await page.locator('[data-state=ready]').waitFor();
    expect(await user().link('Play now').getAttribute('href')).toBe(`/watch/${series.id}?episode=${episodes[0]?.id}`);
    await eventually(readSeasons, ([season]) => season?.episodes[0]?.isPlayable === true);
  });
});
