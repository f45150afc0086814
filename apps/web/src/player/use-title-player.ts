import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Quality } from './media-source.js';
import { TitlePlayer } from './title-player.js';

export interface PlayerState {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Heights of the renditions in pixels, highest first. */
  readonly heights: readonly number[];
  readonly playing: number | undefined;
  readonly chosen: Quality;
  readonly choose: (quality: Quality) => void;
}

/**
 * Plays a title on the video element of the returned ref while the component is mounted. Starts where the viewer stopped. In
 * a party, waits at the beginning.
 */
export function useTitlePlayer(
  titleId: string,
  profileId: string,
  onProblem: (problem: unknown) => void,
  isInParty: boolean,
): PlayerState {
  const video = useRef<HTMLVideoElement>(null);
  const player = useRef<TitlePlayer>(null);
  const reportProblem = useRef(onProblem);
  const [qualities, setQualities] = useState<Pick<PlayerState, 'heights' | 'playing'>>({
    heights: [],
    playing: undefined,
  });
  const [chosen, setChosen] = useState<Quality>('auto');

  useEffect(() => {
    reportProblem.current = onProblem;
  }, [onProblem]);

  useEffect(() => {
    if (!video.current) return;
    const titlePlayer = new TitlePlayer(video.current, titleId, profileId, {
      onQualities: (heights, playing) => setQualities({ heights, playing }),
      onProblem: (problem) => reportProblem.current(problem),
    });
    player.current = titlePlayer;
    // A party determines the position and when to play.
    void (isInParty ? titlePlayer.start(0, true) : titlePlayer.start());
    return () => titlePlayer.close();
  }, [titleId, profileId, isInParty]);

  const choose = (quality: Quality): void => {
    setChosen(quality);
    player.current?.choose(quality);
  };
  return { video, ...qualities, chosen, choose };
}
