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
  it.each(['rest', 'soap', 'connect'] as const)('send over %s what the browser sends', async (api) => {
    const { url, headers, body } = toCalls(target)[api];
    const options = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
    const data = body === undefined ? [] : ['-d', body];
    expect(await parse(toCommands(target)[api])).toEqual(['-s', url, ...options, ...data]);
  });

  it('contain the API key, and no credentials without one', () => {
    for (const command of Object.values(toCommands(target))) expect(command).toContain('Bearer vrn_key');
    for (const command of Object.values(toCommands({ ...target, apiKey: '' }))) {
      expect(command).not.toMatch(/authorization/);
    }
  });

  it('are one argument per value, whatever a user enters', async () => {
    const apiKey = `it's $(echo "a key") \\`;
    const commands = toCommands({ ...target, apiKey });
    expect(await parse(commands.rest)).toContain(`authorization: Bearer ${apiKey}`);
    const [, script = ''] = await parse(commands.websocket);
    const headers = /headers: (\{.*\}) \}\);/.exec(script)?.[1] ?? '';
    expect(JSON.parse(headers)).toEqual({ authorization: `Bearer ${apiKey}` });
  });

  it('call gRPC over plain HTTP/2 or TLS, as its URL states', async () => {
    const plain = await parse(toCommands(target).grpc);
    expect(plain).toContain('--http2-prior-knowledge');
    expect(plain).toContain('http://127.0.0.1:8405/viernes.edge.v1.TitleService/ListTitles');
    const encrypted = await parse(toCommands({ ...target, grpcUrl: 'https://grpc.example/' }).grpc);
    expect(encrypted).not.toContain('--http2-prior-knowledge');
    expect(encrypted).toContain('https://grpc.example/viernes.edge.v1.TitleService/ListTitles');
  });
});
