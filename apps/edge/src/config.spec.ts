import { readFileSync } from 'node:fs';
import { documentedSettings, settingsOf } from '@viernes/testing';
import { Env } from './config.js';

describe('the settings', () => {
  it('are those of the README, with their defaults', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(documentedSettings(readme)).toEqual(settingsOf(Env));
  });
});
