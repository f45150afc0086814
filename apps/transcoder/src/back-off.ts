/** How p-retry waits in this worker: exponential with jitter, so that workers who lost the same thing spread out. */
export const BACK_OFF = { minTimeout: 200, maxTimeout: 5_000, factor: 2, randomize: true } as const;
