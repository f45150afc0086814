import { Gauge, Histogram } from 'prom-client';

/** completed; failed (and told so); released (given back unharmed); lease-lost; unreported (the video service stayed away). */
export type JobOutcome = 'completed' | 'failed' | 'released' | 'lease-lost' | 'unreported';

/** Its count is the number of jobs. */
export const jobSeconds = new Histogram({
  name: 'transcode_job_seconds',
  help: 'Time from the lease of a job to its report, by kind and outcome',
  labelNames: ['kind', 'outcome'],
  buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14_400],
});

export const jobsRunning = new Gauge({ name: 'transcode_jobs_running', help: 'Jobs under way in this worker' });
