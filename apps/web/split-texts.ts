import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';
import { FIRST_SECTIONS } from './src/language/first-sections.js';

const TEXTS_FILE = /^(.+\/locales\/[\w-]+\.json)\?(first|other)$/;

/** Splits the texts of a language into two modules: `<language>.json?first` and `<language>.json?other`. */
export function splitTexts(): Plugin {
  const first = new Set<string>(FIRST_SECTIONS);
  return {
    name: 'split-texts',
    load: {
      filter: { id: TEXTS_FILE },
      async handler(id) {
        const [, path, half] = TEXTS_FILE.exec(id) ?? [];
        if (path === undefined) return undefined;
        this.addWatchFile(path);
        const { web } = JSON.parse(await readFile(path, 'utf8')) as { readonly web: Readonly<Record<string, unknown>> };
        const sections = Object.entries(web).filter(([section]) => first.has(section) === (half === 'first'));
        return { code: `export default ${JSON.stringify(Object.fromEntries(sections))}`, moduleType: 'js' };
      },
    },
  };
}
