import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'web', setupFiles: ['<rootDir>/src/language/english.setup.ts'] };
