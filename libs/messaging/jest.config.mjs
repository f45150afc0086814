import preset from '../../jest.preset.mjs';

// Most tests wait: for unavailable brokers, expiring consumer sessions, and due retries.
export default { ...preset, displayName: 'messaging', maxWorkers: 2 };
