import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { toCalls, toCommands } from './api-call.js';

const run = promisify(execFile);
const target = { origin: 'http://127.0.0.1:8400', grpcUrl: 'http://127.0.0.1:8405', apiKey: 'vrn_key' };

/** @returns the arguments that a shell passes to the program of a command */
async function parse(command: string): Promise<string[]> {
  const [program = ''] = command.split(' ', 1);
  const script = `${program}() { printf '%s\\0' "$@"; }\n${command}`;
  return (await run('bash', ['-c', script])).stdout.split('\0').slice(0, -1);
}

describe('the commands of the developer page', () => {
  it.each(['rest', 'soap', 'connect'] as const)('curl sends the same %s request as the browser', async (api) => {
    const { url, headers, body } = toCalls(target)[api];
    const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const data = body === undefined ? [] : ['-d', body];
    expect(await parse(toCommands(target)[api])).toEqual(['-s', url, ...options, ...data]);
  });

  it('every command contains the API key, or no credentials if there is none', () => {
    for (const command of Object.values(toCommands(target))) expect(command).toContain('Bearer vrn_key');
    for (const command of Object.values(toCommands({ ...target, apiKey: '' }))) {
      expect(command).not.toMatch(/authorization/);
    }
  });

  it('an API key with shell characters remains one argument', async () => {
    const apiKey = `it's $(echo "a key") \\`;
    const commands = toCommands({ ...target, apiKey });
    expect(await parse(commands.rest)).toContain(`authorization: Bearer ${apiKey}`);
    const [, script = ''] = await parse(commands.websocket);
    const headers = /headers: (\{.*\}) \}\);/.exec(script)?.[1] ?? '';
    expect(JSON.parse(headers)).toEqual({ authorization: `Bearer ${apiKey}` });
  });

  it('buf calls gRPC over plain HTTP/2 for an http URL, and over TLS for an https URL', async () => {
    const plain = await parse(toCommands(target).grpc);
    expect(plain).toContain('--http2-prior-knowledge');
    expect(plain).toContain('http://127.0.0.1:8405/viernes.edge.v1.TitleService/ListTitles');
    const encrypted = await parse(toCommands({ ...target, grpcUrl: 'https://grpc.example/' }).grpc);
    expect(encrypted).not.toContain('--http2-prior-knowledge');
    expect(encrypted).toContain('https://grpc.example/viernes.edge.v1.TitleService/ListTitles');
  });
});
