import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Quality } from './media-source.js';
import { TitlePlayer } from './title-player.js';

export interface PlayerState {
  readonly video: RefObject<HTMLVideoElement | null>;
  /** Heights of the renditions in pixels, highest first. */
  readonly heights: readonly number[];
  /** Height of the rendition that plays; undefined before playback, and if the browser selects the quality. */
  readonly playingHeight: number | undefined;
  readonly chosen: Quality;
  readonly choose: (quality: Quality) => void;
}

/**
 * Plays a video on the element of the returned ref while the component is mounted. Starts where the viewer stopped.
 * In a party, waits at the beginning.
 */
export function useTitlePlayer(
  videoId: string,
  profileId: string,
  onProblem: (problem: unknown) => void,
  isInParty: boolean,
): PlayerState {
  const video = useRef<HTMLVideoElement>(null);
  const player = useRef<TitlePlayer>(null);
  const reportProblem = useRef(onProblem);
  const [qualities, setQualities] = useState<Pick<PlayerState, 'heights' | 'playingHeight'>>({
    heights: [],
    playingHeight: undefined,
  });
  const [chosen, setChosen] = useState<Quality>('auto');

  useEffect(() => {
    reportProblem.current = onProblem;
  }, [onProblem]);

  useEffect(() => {
    if (!video.current) return;
    const titlePlayer = new TitlePlayer(video.current, videoId, profileId, {
      onQualities: (heights, playingHeight) => setQualities({ heights, playingHeight }),
      onProblem: (problem) => reportProblem.current(problem),
    });
    player.current = titlePlayer;
    // A party determines the position and when to play.
    void (isInParty ? titlePlayer.start(0, true) : titlePlayer.start());
    return () => titlePlayer.close();
  }, [videoId, profileId, isInParty]);

  const choose = (quality: Quality): void => {
    setChosen(quality);
    player.current?.choose(quality);
  };
  return { video, ...qualities, chosen, choose };
}
