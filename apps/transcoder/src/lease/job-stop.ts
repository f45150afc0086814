/** Why a job ends without a result of its own making. */
export type StopReason = 'lease-lost' | 'shutdown';

/** The reason of a job's abort signal. */
export class JobStopped extends Error {
  constructor(readonly reason: StopReason) {
    super(`job stopped: ${reason}`);
    this.name = 'JobStopped';
  }
}
