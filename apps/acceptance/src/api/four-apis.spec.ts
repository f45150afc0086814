import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { listIds, readCommands, runCommand } from '../support/page-commands.js';
import { uniqueWord } from '../support/unique.js';

const commands = readCommands('docs/four-apis.md');
const named = (suffix: string) => [...commands.keys()].filter((name) => name.endsWith(suffix));

describe('the commands of docs/four-apis.md', () => {
  let env: Readonly<Record<string, string>>;
  let name: string;

  beforeAll(async () => {
    const editor = await Editor.signIn();
    const QUERY = uniqueWord();
    name = `${QUERY} & more`;
    env = { QUERY, TITLE: (await editor.createTitle(name)).id };
    await editor.createTitle(`${QUERY} again`);
  });

  /** Unescapes XML, and leaves JSON unchanged. */
  const unescape = (text: string): string => text.replaceAll('&amp;', '&');

  it('docs/four-apis.md has commands for each API', () => {
    const apis = ['rest', 'soap', 'websocket', 'grpc', 'connect'];
    expect(named('-title')).toEqual([...apis, 'grpc-web'].map((api) => `${api}-title`));
    expect(named('-list')).toEqual(apis.map((api) => `${api}-list`));
  });

  it.each(named('-title'))('%s prints the title', async (command) => {
    const output = unescape(await runCommand(commands.get(command) ?? '', env));
    expect(output).toContain(name);
    expect(listIds(output)[0]).toBe(env['TITLE']);
  });

  it('the commands of docs/four-apis.md list the same titles in the same order', async () => {
    const list = async (command: string) => listIds(await runCommand(commands.get(command) ?? '', env));
    const ids = await eventually(
      () => list('rest-list'),
      ({ length }) => length === 2,
    );
    const lists = await Promise.all(named('-list').map(list));
    expect(lists).toEqual(lists.map(() => ids));
  });
});
