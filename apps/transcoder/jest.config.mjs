import preset from '../../jest.preset.mjs';

// Encoding on a busy machine takes its time; no test waits for the clock.
export default { ...preset, displayName: 'transcoder', testTimeout: 60_000 };
