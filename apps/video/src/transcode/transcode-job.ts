/** The probe of a source, or the making of one rendition. */
export type JobKind = 'probe' | 'video' | 'audio';

export type JobState = 'queued' | 'running' | 'succeeded' | 'failed';

/** What decides about an asset: the state of each rendition's job, lowest rung first, audio last. */
export interface LadderStep {
  readonly kind: Exclude<JobKind, 'probe'>;
  /** 0 for the lowest rung. */
  readonly position: number;
  readonly state: JobState;
}

/**
 * How far an asset is. Lowest rung and audio are essential: with both it can be played, without one of them never. A
 * higher rung that failed is a rung less: the asset stays playable.
 */
export function settleLadder(steps: readonly LadderStep[]): 'processing' | 'playable' | 'ready' | 'failed' {
  const essential = steps.filter(({ kind, position }) => kind === 'audio' || position === 0);
  if (essential.some(({ state }) => state === 'failed')) return 'failed';
  if (!essential.every(({ state }) => state === 'succeeded')) return 'processing';
  return steps.every(({ state }) => state === 'succeeded') ? 'ready' : 'playable';
}

/**
 * Which jobs go first: a probe is short and shows what else there is to do; then the lowest rung and the audio of every
 * film, so that each becomes playable early; then rung by rung. Within a priority the oldest goes first.
 *
 * @param position 0 for the lowest rung; not looked at in a probe and in audio
 */
export function jobPriority(kind: JobKind, position = 0): number {
  if (kind === 'probe') return 0;
  return kind === 'audio' ? 1 : 1 + position;
}
