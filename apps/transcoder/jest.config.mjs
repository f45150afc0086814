import preset from '../../jest.preset.mjs';

// Two files at a time: one of them waits 90 s without work (storage-outage.int.spec.ts).
export default { ...preset, displayName: 'transcoder', maxWorkers: 2 };
