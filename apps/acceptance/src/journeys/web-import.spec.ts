import { readFile } from 'node:fs/promises';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { findViolations } from '../support/accessibility.js';
import { openUserPerTest } from '../support/browser-user.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { get, requireBody } from '../support/http.js';
import { uniqueWord } from '../support/unique.js';

describe('an import in the browser', () => {
  const user = openUserPerTest();
  let editor: Editor;

  beforeAll(async () => {
    editor = await Editor.signIn();
  });
  beforeEach(async () => {
    await user().signIn(config.editorEmail, config.editorPassword);
    await user().page.goto('/editor/import');
    await user().heading('Import titles').waitFor();
  });

  const choose = async (name: string, text: string): Promise<void> => {
    const file = { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
    await user().page.getByLabel('CSV or JSON file').setInputFiles(file);
  };
  const outcomes = async (): Promise<Record<string, number>> => {
    const names = ['created', 'replaced', 'unchanged', 'rejected'];
    const texts = names.map((name) => user().page.getByTestId(`import-${name}`).innerText());
    return Object.fromEntries((await Promise.all(texts)).map((text, index) => [names[index], Number(text)]));
  };
  const listNames = async (word: string): Promise<string[]> => {
    const page = await get<Schema<'TitlePage'>>(`/v1/titles?query=${word}`, { token: editor.token });
    return requireBody(page, 200).titles.map(({ name }) => name);
  };

  it('previews a CSV file with its repaired and rejected rows, imports it, and offers the report', async () => {
    const { page } = user();
    const word = uniqueWord();
    const csv = [
      'show_id,type,title,cast,release_year',
      `s1,Movie,${word} one,"Ada, , Bea",1999`,
      `s2,TV Show,${word} two,,2001`,
      `s3,Podcast,${word} three,,2001`,
      `s4,Movie,${word} "four,,2001`,
    ].join('\n');
    await choose(`${word}.csv`, csv);
    expect(await page.getByLabel('Source').inputValue()).toBe(word);
    await user().button('Preview the import').press('Enter');
    await user().heading('Preview: nothing has changed yet').waitFor();
    expect(await outcomes()).toEqual({ created: 2, replaced: 0, unchanged: 0, rejected: 2 });
    const rows = await page.getByRole('row').allInnerTexts();
    expect(rows.slice(1).map((row) => row.split('\t').slice(0, 5).join('|'))).toEqual([
      '2|s1|repaired|cast|contains an empty item',
      '4|s3|rejected|type|is neither a film nor a series',
      '5||rejected||a quote is inside a field that does not begin with one',
    ]);
    expect(await listNames(word)).toEqual([]);

    await user().button('Import the titles').press('Enter');
    await user().heading('The import is complete').waitFor();
    expect(await outcomes()).toEqual({ created: 2, replaced: 0, unchanged: 0, rejected: 2 });
    await eventually(
      () => listNames(word),
      (names) => names.length === 2,
    );
    const download = page.waitForEvent('download');
    await user().link('Download the report').click();
    const report = await readFile(await (await download).path(), 'utf8');
    expect(report.split('\n')[1]).toBe('2,s1,repaired,cast,contains an empty item,"Ada, , Bea","Ada, Bea"');

    await user().button('Preview the import').click();
    await user().heading('Preview: nothing has changed yet').waitFor();
    expect(await outcomes()).toEqual({ created: 0, replaced: 0, unchanged: 2, rejected: 2 });
    expect(user().errors).toEqual([]);
  });

  it('imports a JSON file with titles in the format of the API', async () => {
    const word = uniqueWord();
    const titles = [
      { kind: 'film', name: `${word} one`, externalId: `${word}/1`, synopsis: '' },
      { kind: 'film', name: `${word} two`, externalId: `${word}/2`, releaseYear: 1 },
    ];
    await choose(`${word}.json`, JSON.stringify(titles));
    await user().button('Preview the import').click();
    await user().heading('Preview: nothing has changed yet').waitFor();
    expect(await outcomes()).toEqual({ created: 1, replaced: 0, unchanged: 0, rejected: 1 });
    expect(await user().page.getByRole('row').nth(1).innerText()).toContain(`${word}/2\trejected\treleaseYear`);
  });

  it('states why a file cannot be read', async () => {
    await choose('people.csv', 'first,last\nAda,Lovelace\n');
    await user().button('Preview the import').click();
    await user().page.getByRole('alert').filter({ hasText: 'no column "title"' }).waitFor();
  });

  it('cancels an import', async () => {
    const { page } = user();
    const word = uniqueWord();
    const rows = Array.from({ length: 600 }, (_, index) => `s${index},Movie,${word} ${index}`);
    await choose(`${word}.csv`, ['show_id,type,title', ...rows].join('\n'));
    let requests = 0;
    // Only the first batch gets a response.
    await page.route('**/v1/title-imports', async (route) => {
      requests += 1;
      if (requests === 1) await route.continue();
    });
    await user().button('Preview the import').click();
    await page.getByText('200 rows').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await user().button('Cancel').click();
    await user().heading('The import was canceled').waitFor();
    expect(await outcomes()).toMatchObject({ created: 200 });
  });
});
