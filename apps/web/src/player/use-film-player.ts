import { useEffect, useRef, useState } from 'react';
import { FilmPlayer } from './film-player.js';
import type { Quality } from './hls-source.js';

export interface Qualities {
  readonly all: readonly Quality[];
  readonly playing: number;
}

/** Plays a title on the video element behind the returned ref for as long as the component is mounted. */
export function useFilmPlayer(titleId: string, profileId: string, onProblem: (problem: unknown) => void) {
  const video = useRef<HTMLVideoElement>(null);
  const player = useRef<FilmPlayer>(null);
  const report = useRef(onProblem);
  const [qualities, setQualities] = useState<Qualities>({ all: [], playing: -1 });
  const [chosen, setChosen] = useState(-1);

  useEffect(() => {
    report.current = onProblem;
  }, [onProblem]);

  useEffect(() => {
    if (!video.current) return;
    const film = new FilmPlayer(video.current, titleId, profileId, {
      onQualities: (all, playing) => setQualities({ all, playing }),
      onProblem: (problem) => report.current(problem),
    });
    player.current = film;
    void film.start();
    return () => film.close();
  }, [titleId, profileId]);

  const choose = (level: number): void => {
    setChosen(level);
    player.current?.choose(level);
  };
  return { video, qualities, chosen, choose };
}
