const running = new Set<BackgroundWork>();

/** Work that runs during a test: a load, a monitor. */
export interface BackgroundWork {
  /** Repeated calls have no effect. */
  stop(): Promise<unknown>;
}

/** Stops the work after the current test at the latest, so that a failed test does not disturb the next one. */
export function stopAfterTest<Work extends BackgroundWork>(work: Work): Work {
  running.add(work);
  return work;
}

afterEach(async () => {
  const unfinished = [...running];
  running.clear();
  await Promise.allSettled(unfinished.map((work) => work.stop()));
});
