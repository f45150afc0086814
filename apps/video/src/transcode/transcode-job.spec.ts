import { jobPriority, settleLadder, type JobState, type LadderStep } from './transcode-job.js';

function ladder(videos: readonly JobState[], audio?: JobState): LadderStep[] {
  const steps: LadderStep[] = videos.map((state, position) => ({ kind: 'video', position, state }));
  return audio ? [...steps, { kind: 'audio', position: videos.length, state: audio }] : steps;
}

describe('an asset', () => {
  it.each([
    ['is processed until anything is done', ladder(['queued', 'queued'], 'queued'), 'processing'],
    ['is not playable by its lowest rung alone', ladder(['succeeded', 'queued'], 'running'), 'processing'],
    ['is not playable by higher rungs', ladder(['running', 'succeeded'], 'succeeded'), 'processing'],
    ['is playable with lowest rung and audio', ladder(['succeeded', 'running'], 'succeeded'), 'playable'],
    ['without sound needs no audio', ladder(['succeeded', 'queued']), 'playable'],
    ['is ready with the whole ladder', ladder(['succeeded', 'succeeded'], 'succeeded'), 'ready'],
    ['of one rung is ready at once', ladder(['succeeded']), 'ready'],
    ['stays playable without a higher rung', ladder(['succeeded', 'failed', 'succeeded'], 'succeeded'), 'playable'],
    ['waits for its essential steps when a higher rung failed', ladder(['queued', 'failed'], 'queued'), 'processing'],
    ['fails with its lowest rung', ladder(['failed', 'succeeded'], 'succeeded'), 'failed'],
    ['fails with its audio', ladder(['succeeded', 'succeeded'], 'failed'), 'failed'],
  ] as const)('%s', (_, steps, state) => {
    expect(settleLadder(steps)).toBe(state);
  });
});

describe('the queue', () => {
  it('lets probes go first, then what makes films playable, then rung by rung', () => {
    const order = [jobPriority('probe'), jobPriority('video', 0), jobPriority('video', 1), jobPriority('video', 2)];
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
    expect(jobPriority('audio', 5)).toBe(jobPriority('video', 0));
  });
});
