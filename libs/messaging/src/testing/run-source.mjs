// Lets Node.js run the TypeScript sources of this workspace, compiled as in jest:
// `node --conditions=@viernes/source --import ./run-source.mjs x.ts`.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const { default: preset } = await import(new URL('../../../../jest.preset.mjs', import.meta.url).href);
const [, options] = preset.transform['^.+\\.ts$'];

registerHooks({
  resolve(specifier, context, next) {
    const isFromSource = specifier.startsWith('.') && context.parentURL?.endsWith('.ts');
    return next(isFromSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const { code } = transformSync(readFileSync(fileURLToPath(url), 'utf8'), { ...options, filename: url });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
