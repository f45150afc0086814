import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { findViolations } from '../support/accessibility.js';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { get, requireBody, send } from '../support/http.js';
import { unique, uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

type Details = Schema<'TitleDetails'>;

describe('an editor in the browser', () => {
  const user = openUserPerTest();
  let editor: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn();
  });
  beforeEach(() => user().signIn(config.editorEmail, config.editorPassword));

  const read = async (id: string): Promise<Details> =>
    requireBody(await get<Details>(`/v1/titles/${id}`, { token: editor.token }), 200);
  const field = (label: string) => user().page.getByLabel(label, { exact: true });
  const message = (text: string) => user().page.getByRole('status').filter({ hasText: text });
  const openEditor = async (title: Schema<'Title'>): Promise<void> => {
    await user().page.goto(`/editor/titles/${title.id}`);
    await user().heading(`Edit ${title.name}`).waitFor();
  };

  it('creates a title with values in every section of the form, with the keyboard', async () => {
    const { page } = user();
    const name = unique('Metropolis');
    await user().button('Profile menu').click();
    await user().link('Edit the catalog').click();
    await user().link('New title').click();
    await page.waitForFunction(() => document.title === 'New title · Viernes');
    await field('Name').fill(name);
    await field('Year').fill('1927');
    await field('Runtime in minutes').fill('153');
    await field('Maturity rating').selectOption('PG-13');
    await field('Score').fill('8.3');
    await field('Synopsis').fill('A city of two levels.');
    for (const [label, texts] of Object.entries({
      Genres: ['Drama', 'Science fiction'],
      Countries: ['Germany', 'us'],
    })) {
      await field(label).focus();
      for (const text of texts) {
        await page.keyboard.type(text);
        await page.keyboard.press('Enter');
      }
    }
    await field('Languages').fill('pt-br');
    await user().button('Add credit').press('Enter');
    await field('Person 1').fill(`${name} Actress`);
    await field('Character 1').fill('Maria');
    await user().button('Add credit').press('Enter');
    await field('Role 2').selectOption('director');
    await field('Person 2').fill(`${name} Director`);
    await user().button('Move credit 2 up').press('Enter');
    await user().button('Add image').press('Enter');
    await field('URL of image 1').fill('/icon.svg');
    await page.getByRole('img', { name: 'Preview' }).waitFor();
    await field('Width of image 1 in pixels').fill('600');
    await field('Height of image 1 in pixels').fill('900');
    await field('Description of image 1').fill('A machine person');
    await user().button('Add window').press('Enter');
    await field('From 1').fill('2026-01-01T00:00');
    await field('External ID').fill(name);
    await field('Added on').fill('2026-06-05');
    expect(await findViolations(page)).toEqual([]);
    await user().button('Create title').press('Enter');
    await user().heading(`Edit ${name}`).waitFor();
    expect(await read(page.url().split('/').at(-1) ?? '')).toMatchObject({
      ...{ kind: 'film', name, synopsis: 'A city of two levels.', releaseYear: 1927, runtimeMinutes: 153, score: 8.3 },
      ...{
        maturityRating: 'PG-13',
        genres: ['Drama', 'Science fiction'],
        countries: ['DE', 'US'],
        languages: ['pt-BR'],
      },
      credits: [
        { name: `${name} Director`, role: 'director', character: null },
        { name: `${name} Actress`, role: 'actor', character: 'Maria' },
      ],
      artwork: [{ kind: 'poster', url: '/icon.svg', widthPx: 600, heightPx: 900, alternativeText: 'A machine person' }],
      availability: [{ startsAt: expect.any(String) }],
      externalId: name,
      addedOn: '2026-06-05',
    });
    await page.goto(page.url().replace('/editor/titles/', '/titles/'));
    await page.getByRole('img', { name: 'A machine person' }).waitFor();
    expect(user().errors).toEqual([]);
  });

  it('reviews each change before saving it, and undoes it', async () => {
    const title = await editor.createTitle(unique('Preview'), { releaseYear: 1926, genres: ['Drama'] });
    await openEditor(title);
    expect(await user().button('Save changes').isDisabled()).toBe(true);
    await field('Year').fill('1927');
    await user().button('Remove Drama from Genres').click();
    const changes = await user().page.locator('form .change-list li').allInnerTexts();
    expect(changes.map((text) => text.replace(/\s+/g, ' '))).toEqual([
      'Year before: 1926 → after: 1927',
      'Genres before: Drama → after: none',
    ]);
    await user().button('Save changes').click();
    await message('Saved').waitFor();
    expect(await read(title.id)).toMatchObject({ releaseYear: 1927, genres: [], revision: 2 });
    await user().button('Undo').click();
    await message('The earlier version was restored').waitFor();
    expect(await read(title.id)).toMatchObject({ releaseYear: 1926, genres: ['Drama'], revision: 3 });
    await user()
      .page.getByRole('heading', { name: /^Changed by you/ })
      .nth(1)
      .waitFor();
    expect(user().errors).toEqual([]);
  });

  it('finds the errors of the API at their fields', async () => {
    const title = await editor.createTitle(unique('Invalid'));
    await openEditor(title);
    await field('Slug').fill('not a slug');
    await user().button('Save changes').click();
    await user().page.getByText('Some fields are not valid.').waitFor();
    expect(await field('Slug').getAttribute('aria-invalid')).toBe('true');
    const other = await editor.createTitle(unique('Other'), { externalId: unique('id') });
    await field('Slug').fill(title.slug);
    await field('External ID').fill((await read(other.id)).externalId ?? '');
    await user().button('Save changes').click();
    await user().page.getByText('Another title has this external ID.').waitFor();
    expect(await findViolations(user().page)).toEqual([]);
  });

  it('resolves a conflict with another editor', async () => {
    const title = await editor.createTitle(unique('Conflict'), { releaseYear: 1926 });
    await openEditor(title);
    await field('Year').fill('1927');
    await field('Runtime in minutes').fill('153');
    const theirs = { releaseYear: 1928, synopsis: 'Theirs' };
    const headers = { 'if-match': '*', 'content-type': 'application/merge-patch+json' };
    const path = `/v1/titles/${title.id}`;
    requireBody(await send<Details>('PATCH', path, { token: editor.token, headers, body: theirs }), 200);

    await user().button('Save changes').click();
    const conflict = user().page.getByRole('alert').filter({ hasText: 'Another editor saved changes first' });
    await conflict.getByText('replaces theirs').waitFor();
    await user().button('Apply my changes to the new version').click();
    expect(await field('Synopsis').inputValue()).toBe('Theirs');
    await user().button('Save changes').click();
    await message('Saved').waitFor();
    expect(await read(title.id)).toMatchObject({
      releaseYear: 1927,
      runtimeMinutes: 153,
      synopsis: 'Theirs',
      revision: 3,
    });
  });

  it('renames a person in their titles, and resolves a conflict with another editor', async () => {
    const [old, theirs, mine] = [unique('Fritz'), unique('Friedrich'), unique('Federico')];
    const title = await editor.createTitle(unique('Renamed'), { credits: [{ name: old, role: 'director' }] });
    const personId = (await read(title.id)).credits[0]?.personId ?? '';
    await user().page.goto(`/people/${personId}`);
    await user().heading('Directed').waitFor();
    await user().link('Edit person').click();
    await user().heading(`Edit ${old}`).waitFor();
    await field('Name').fill(mine);
    const headers = { 'if-match': '*', 'content-type': 'application/merge-patch+json' };
    const body = { name: theirs };
    requireBody(await send('PATCH', `/v1/people/${personId}`, { token: editor.token, headers, body }), 200);

    await user().button('Save changes').click();
    const conflict = user().page.getByRole('alert').filter({ hasText: 'Another editor saved changes first' });
    await conflict.getByText('replaces theirs').waitFor();
    await user().button('Apply my changes to the new version').click();
    await user().button('Save changes').click();
    await message('Saved').waitFor();
    expect(await read(title.id)).toMatchObject({ directors: [mine], credits: [{ name: mine }] });
    await user().button('Undo').click();
    await message('The earlier version was restored').waitFor();
    await user().link('View the person').click();
    await user().heading(theirs).waitFor();
    await user().link(title.name).waitFor();
  });

  it('creates a person, credits them, deletes them with their credits, and restores both', async () => {
    const { page } = user();
    const name = unique('Thea');
    await page.goto('/editor');
    await user().link('New person').press('Enter');
    await page.waitForFunction(() => document.title === 'New person · Viernes');
    await field('Name').fill(name);
    expect(await findViolations(page)).toEqual([]);
    await user().button('Create person').press('Enter');
    await user().heading(`Edit ${name}`).waitFor();
    const personId = page.url().split('/').at(-1) ?? '';
    const title = await editor.createTitle(unique('Credited'), { credits: [{ name, role: 'writer' }] });
    expect((await read(title.id)).credits).toMatchObject([{ personId }]);

    await page.reload();
    await user().button('Delete the person').click();
    await page.getByText('1 visible title loses its credits for this person.').waitFor();
    await user().button('Delete').press('Enter');
    await user().heading('Deleted person').waitFor();
    expect((await read(title.id)).credits).toEqual([]);
    await page.reload();
    await user().button('Restore the person').press('Enter');
    await user().heading(`Edit ${name}`).waitFor();
    expect((await read(title.id)).credits).toMatchObject([{ personId, name, role: 'writer' }]);
  });

  it('shows the editor that another person has the slug', async () => {
    const name = unique('Steve');
    await editor.createTitle(unique('Bullitt'), { credits: [{ name, role: 'actor' }] });
    await user().page.goto('/editor/people/new');
    await field('Name').fill(name);
    await user().button('Create person').click();
    await user().page.getByRole('alert').getByText('Another person has this slug.').waitFor();
    expect(await field('Slug').getAttribute('aria-invalid')).toBe('true');
    await field('Slug').fill(
      `${unique('steve')
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')}`,
    );
    await user().button('Create person').click();
    await user().heading(`Edit ${name}`).waitFor();
  });

  it('restores a title and a person from the list of deletions, with the keyboard', async () => {
    const { page } = user();
    const person = unique('Listed');
    const title = await editor.createTitle(unique('Listed'), { credits: [{ name: person, role: 'actor' }] });
    const personId = (await read(title.id)).credits[0]?.personId ?? '';
    const headers = { 'if-match': '*' };
    for (const path of [`/v1/people/${personId}`, `/v1/titles/${title.id}`]) {
      requireBody(await send('DELETE', path, { token: editor.token, headers }), 204);
    }
    await page.goto('/editor');
    await user().link('Deleted titles and people').press('Enter');
    const list = page.getByRole('region', { name: 'Deletions' }).getByRole('listitem');
    await list.filter({ hasText: title.name }).getByText('Film').waitFor();
    await list.filter({ hasText: person }).getByText('Person').waitFor();
    expect(await findViolations(page)).toEqual([]);
    for (const name of [title.name, person]) {
      await user().button(`Restore ${name}`).press('Enter');
      await message(`${name} was restored`).waitFor();
      expect(await user().button(`Restore ${name}`).count()).toBe(0);
    }
    expect((await read(title.id)).credits).toMatchObject([{ personId }]);
    expect(user().errors).toEqual([]);
  });

  it('deletes a title after a confirmation, and restores it', async () => {
    const title = await editor.createTitle(unique('Deleted'));
    await openEditor(title);
    await user().button('Delete the title').click();
    await user().page.keyboard.press('Escape');
    expect(await user().page.getByRole('dialog').count()).toBe(0);
    await user().button('Delete the title').click();
    await user().button('Delete').click();
    await user().heading('Deleted title').waitFor();
    expect((await get(`/v1/titles/${title.id}`, { token: editor.token })).status).toBe(404);
    await user().page.reload();
    await user().button('Restore the title').waitFor();
    await user().button('Restore the title').click();
    await user().heading(`Edit ${title.name}`).waitFor();
    expect(await read(title.id)).toMatchObject({ name: title.name });
  });

  it('prompts the editor before unsaved changes are lost', async () => {
    const title = await editor.createTitle(unique('Unsaved'));
    await openEditor(title);
    await field('Year').fill('1927');
    await user().link('View the title').click();
    await user().button('Stay on this page').click();
    expect(await field('Year').inputValue()).toBe('1927');
    await user().link('View the title').click();
    await user().button('Leave without saving').click();
    await user().heading(title.name).waitFor();
  });

  it('finds a title to edit on the start page', async () => {
    const title = await editor.createTitle(unique('Findable'));
    await user().page.goto('/editor');
    await field('Search titles').fill(title.name);
    await user().link(title.name).waitFor();
    await user().link(title.name).click();
    await user().heading(`Edit ${title.name}`).waitFor();
  });
});

describe('the editor pages for other users', () => {
  const user = openUserPerTest();

  it('shows no editor page to viewers', async () => {
    await user().signUp('Bea', uniqueEmail(), Viewer.password);
    await user().page.goto('/editor');
    await user().heading('For editors only').waitFor();
  });
});
