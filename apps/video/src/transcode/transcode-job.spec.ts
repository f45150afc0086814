import { deriveAssetState, jobPriority, type JobState, type LadderStep } from './transcode-job.js';

function ladder(videos: readonly JobState[], audio?: JobState): LadderStep[] {
  const steps: LadderStep[] = videos.map((state, position) => ({ kind: 'video', position, state }));
  return audio ? [...steps, { kind: 'audio', position: videos.length, state: audio }] : steps;
}

describe('deriveAssetState', () => {
  it.each([
    ['processing', 'no job has succeeded', ladder(['queued', 'queued'], 'queued')],
    ['processing', 'only the lowest rung has succeeded', ladder(['succeeded', 'queued'], 'running')],
    ['processing', 'the lowest rung is missing', ladder(['running', 'succeeded'], 'succeeded')],
    ['playable', 'the lowest rung and the audio have succeeded', ladder(['succeeded', 'running'], 'succeeded')],
    ['playable', 'the lowest rung has succeeded and there is no audio', ladder(['succeeded', 'queued'])],
    ['ready', 'all jobs have succeeded', ladder(['succeeded', 'succeeded'], 'succeeded')],
    ['ready', 'the only rung has succeeded', ladder(['succeeded'])],
    ['playable', 'a higher rung has failed', ladder(['succeeded', 'failed', 'succeeded'], 'succeeded')],
    ['processing', 'a higher rung has failed before the essential jobs', ladder(['queued', 'failed'], 'queued')],
    ['failed', 'the lowest rung has failed', ladder(['failed', 'succeeded'], 'succeeded')],
    ['failed', 'the audio has failed', ladder(['succeeded', 'succeeded'], 'failed')],
  ] as const)('returns %s when %s', (state, _condition, steps) => {
    expect(deriveAssetState(steps)).toBe(state);
  });
});

describe('jobPriority', () => {
  it('orders probes before the lowest rung and the audio, and those before the other rungs', () => {
    const order = [jobPriority('probe'), jobPriority('video', 0), jobPriority('video', 1), jobPriority('video', 2)];
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
    expect(jobPriority('audio', 5)).toBe(jobPriority('video', 0));
  });
});
