import {
  MediaCaptionsButton,
  MediaControlBar,
  MediaController,
  MediaFullscreenButton,
  MediaLoadingIndicator,
  MediaMuteButton,
  MediaPipButton,
  MediaPlayButton,
  MediaSeekBackwardButton,
  MediaSeekForwardButton,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from 'media-chrome/react';
import { Link } from 'react-router';
import { BackIcon } from '../shell/icons.js';
import { QualityMenu } from './quality-menu.js';
import { useFilmPlayer } from './use-film-player.js';
import './player.css';

export interface FilmScreenProps {
  readonly titleId: string;
  readonly name: string;
  readonly profileId: string;
  readonly onProblem: (problem: unknown) => void;
}

const SEEK_SECONDS = 10;

export function FilmScreen({ titleId, name, profileId, onProblem }: FilmScreenProps) {
  const { video, qualities, chosen, choose } = useFilmPlayer(titleId, profileId, onProblem);
  return (
    <MediaController className="film" autohide="3" autoFocus tabIndex={0}>
      <video ref={video} slot="media" playsInline aria-label={name} data-testid="film" />
      <MediaLoadingIndicator slot="centered-chrome" noAutohide />
      <div slot="top-chrome" className="film-top">
        <Link to={`/titles/${titleId}`} className="film-back" aria-label="Back to the title">
          <BackIcon />
        </Link>
        <h1>{name}</h1>
      </div>
      <MediaControlBar className="film-line">
        <MediaTimeRange />
      </MediaControlBar>
      <MediaControlBar className="film-bar">
        <MediaPlayButton />
        <MediaSeekBackwardButton seekOffset={SEEK_SECONDS} />
        <MediaSeekForwardButton seekOffset={SEEK_SECONDS} />
        <MediaMuteButton />
        <MediaVolumeRange className="film-volume" />
        <MediaTimeDisplay showDuration />
        <span className="film-space" />
        <MediaCaptionsButton className="film-captions" />
        <QualityMenu qualities={qualities} chosen={chosen} onChoose={choose} />
        <MediaPipButton className="film-pip" />
        <MediaFullscreenButton />
      </MediaControlBar>
    </MediaController>
  );
}
