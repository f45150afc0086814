/** Options for p-retry: exponential back-off with jitter, so that workers that lost a dependency do not retry together. */
export const BACK_OFF = { minTimeout: 200, maxTimeout: 5_000, factor: 2, randomize: true } as const;
