import preset from '../../jest.preset.mjs';

// Most of it waits: for brokers that are away, sessions that end, retries that are due.
export default { ...preset, displayName: 'messaging', maxWorkers: 2 };
