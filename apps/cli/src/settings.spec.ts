import { readFileSync } from 'node:fs';
import {
  DeadLetterSettings,
  ExportSettings,
  ImportSettings,
  readSettings,
  SeedSettings,
  SmokeTestSettings,
  toCredentials,
} from './settings.js';

const valid = {
  EDGE_URL: 'http://edge',
  EDITOR_EMAIL: 'editor@example.org',
  EDITOR_PASSWORD: 'secret',
  ADMIN_EMAIL: 'admin@example.org',
  ADMIN_PASSWORD: 'another secret',
};

describe('settings', () => {
  it('documents every setting in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const documented = [...readme.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/[A-Z_]+/g)].map(([name]) => name),
    );
    const schemas = [DeadLetterSettings, ExportSettings, ImportSettings, SeedSettings, SmokeTestSettings];
    expect(documented.sort()).toEqual([...new Set(schemas.flatMap(({ shape }) => Object.keys(shape)))].sort());
  });

  it('treats an empty variable as unset', () => {
    const settings = readSettings(SmokeTestSettings, { ...valid, FFMPEG_PATH: '', SMOKE_TEST_VIDEO: '' });
    expect(settings).toMatchObject({ FFMPEG_PATH: 'ffmpeg' });
    expect(settings.SMOKE_TEST_VIDEO).toBeUndefined();
  });

  it('accepts an API key instead of an account, and gives it precedence', () => {
    const { EDGE_URL } = valid;
    const VIERNES_API_KEY = 'vrn_key';
    const accounts = [
      [ImportSettings, 'EDITOR'],
      [ExportSettings, 'EDITOR'],
      [DeadLetterSettings, 'ADMIN'],
    ] as const;
    for (const [schema, role] of accounts) {
      expect(toCredentials(readSettings(schema, { EDGE_URL, VIERNES_API_KEY }))).toEqual({ apiKey: VIERNES_API_KEY });
      expect(toCredentials(readSettings(schema, { ...valid, VIERNES_API_KEY }))).toEqual({ apiKey: VIERNES_API_KEY });
      expect(toCredentials(readSettings(schema, valid))).toEqual({
        email: valid[`${role}_EMAIL` as const],
        password: valid[`${role}_PASSWORD` as const],
      });
      const incomplete = () => readSettings(schema, { ...valid, EDGE_URL: 'edge', [`${role}_PASSWORD`]: '' });
      expect(incomplete).toThrow(new RegExp(`EDGE_URL[\\s\\S]*${role}_PASSWORD: not set`));
    }
  });

  it('reports all invalid settings, without their values', () => {
    const read = () => readSettings(SeedSettings, { ...valid, EDGE_URL: 'edge', EDITOR_EMAIL: '', WAIT_SECONDS: '0' });
    expect(read).toThrow(/EDGE_URL[\s\S]*EDITOR_EMAIL: not set[\s\S]*WAIT_SECONDS/);
    expect(read).not.toThrow('secret');
  });
});
