import { readFileSync } from 'node:fs';
import { parseDocumentedSettings, toSettings } from '@viernes/testing';
import { Env } from './config.js';

it('documents every setting of the transcoder with its default in the README', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  expect(parseDocumentedSettings(readme)).toEqual(toSettings(Env));
});
