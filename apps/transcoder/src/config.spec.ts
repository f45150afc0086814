import { readFileSync } from 'node:fs';
import { documentedSettings, settingsOf } from '@viernes/testing';
import { Env } from './config.js';

it('the README documents every setting of the transcoder with its default', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(documentedSettings(readme)).toEqual(settingsOf(Env));
});
