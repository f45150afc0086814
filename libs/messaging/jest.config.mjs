import preset from '../../jest.preset.mjs';

// Ends a test that hangs; none of them measures time.
export default { ...preset, displayName: 'messaging', testTimeout: 60_000 };
