import preset from '../../jest.preset.mjs';

// Joining a consumer group takes seconds on a busy machine; this only ends a test that hangs.
export default { ...preset, displayName: 'catalog', testTimeout: 60_000 };
