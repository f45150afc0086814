import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { eventually } from '../support/eventually.js';
import { readCommands } from '../support/page-commands.js';
import { unique, uniqueWord } from '../support/unique.js';

const run = promisify(execFile);

describe('the client in Python', () => {
  let editor: Editor;
  let python: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const { examplePython, catalogAddress: CATALOG_ADDRESS, kafkaBrokers: KAFKA_BROKERS } = config;
    if (examplePython === undefined) throw new Error('VIERNES_EXAMPLE_PYTHON is not set. Run npm test, which sets it.');
    python = examplePython;
    env = { ...process.env, CATALOG_ADDRESS, KAFKA_BROKERS };
    editor = await Editor.signIn();
  });

  const toArguments = (...args: readonly string[]) => ['-m', 'viernes_example.main', ...args];

  it('finds a title over gRPC', async () => {
    const word = uniqueWord();
    const { id } = await editor.createTitle(`${word} night`);
    await eventually(
      async () => (await run(python, toArguments('browse', '--query', word), { env })).stdout,
      (stdout) => stdout.includes(id) && stdout.includes(`${word} night`),
    );
  });

  it('runs the zeep example of docs/four-apis.md with SOAP 1.1 and 1.2', async () => {
    const name = unique('SOAP');
    const { id: TITLE } = await editor.createTitle(name);
    const script = readCommands('docs/four-apis.md').get('zeep') ?? '';
    const { stdout } = await run(python, ['-c', script], { env: { ...env, TITLE } });
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(6);
    for (const [index, line] of lines.entries()) {
      if (index % 3 === 1) expect(Number(line)).toBeGreaterThan(0);
      else expect(line).toBe(index % 3 === 0 ? name : 'TITLE_NOT_FOUND');
    }
  });

  it('receives the event of a title that an editor creates, and exits after SIGTERM', async () => {
    const name = unique('Event');
    const { id: titleId } = await editor.createTitle(name);
    const args = toArguments('watch', '--group', unique('python'), '--from-beginning');
    const watching = spawn(python, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(watching, 'exit');
    for await (const line of createInterface({ input: watching.stdout })) {
      const event = JSON.parse(line) as Readonly<Record<string, unknown>>;
      if (event['titleId'] !== titleId) continue;
      expect(event).toMatchObject({ type: 'viernes.catalog.title-changed.v1', name });
      break;
    }
    watching.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});
