import { readFileSync } from 'node:fs';
import { SmokeTestEnv, readConfig, SeedEnv } from './config.js';

const given = { EDGE_URL: 'http://edge', EDITOR_EMAIL: 'editor@example.org', EDITOR_PASSWORD: 'secret' };

describe('settings', () => {
  it('are all told in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const names = [...readme.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/[A-Z_]+/g)].map(([name]) => name),
    );
    expect(names.sort()).toEqual(
      [...new Set([...Object.keys(SeedEnv.shape), ...Object.keys(SmokeTestEnv.shape)])].sort(),
    );
  });

  it('count as absent where they are empty', () => {
    expect(readConfig(SmokeTestEnv, { ...given, CHECK_FILM: '' })).toMatchObject({ FFMPEG_PATH: 'ffmpeg' });
  });

  it('are refused with all their faults, and without their values', () => {
    const read = () => readConfig(SeedEnv, { ...given, EDGE_URL: 'edge', EDITOR_EMAIL: '', WAIT_SECONDS: '0' });
    expect(read).toThrow(/EDGE_URL[\s\S]*EDITOR_EMAIL[\s\S]*WAIT_SECONDS/);
    expect(read).not.toThrow('secret');
  });
});
