import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import english from '@viernes/translations/locales/en.json' with { type: 'json' };
import { FIRST_SECTIONS } from './first-sections.js';

const MAIN = new URL('../main.tsx', import.meta.url);
const STATIC_IMPORT = /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)\.js';$/gm;

/** The modules that the first load contains: those that are imported without `import()`. */
function listFirstModules(url = MAIN, found = new Map<string, string>()): ReadonlyMap<string, string> {
  const path = [url, new URL(`${url.href}x`)].map((each) => fileURLToPath(each)).find((each) => existsSync(each));
  if (path === undefined || found.has(path)) return found;
  const code = readFileSync(path, 'utf8');
  found.set(path, code);
  for (const [, imported] of code.matchAll(STATIC_IMPORT)) listFirstModules(new URL(`${imported}.ts`, url), found);
  return found;
}

describe('the texts of the first load', () => {
  it('the first load contains the sections of texts that its modules use', () => {
    const code = [...listFirstModules().values()].join('\n');
    const used = Object.keys(english.web).filter((section) => new RegExp(`t\\(\\s*['\`]${section}\\b`).test(code));
    expect(used.toSorted()).toEqual([...FIRST_SECTIONS].toSorted());
  });
});
