import { readFileSync } from 'node:fs';
import { parseDocumentedSettings, toSettings } from '@viernes/testing';
import { Env } from './config.js';

describe('the settings of the edge', () => {
  it('documents all settings in the README with their defaults', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(parseDocumentedSettings(readme)).toEqual(toSettings(Env));
  });
});
