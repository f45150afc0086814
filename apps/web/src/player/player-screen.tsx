import i18next, { t } from 'i18next';
import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js';
import {
  MediaCaptionsButton,
  MediaControlBar,
  MediaController,
  MediaFullscreenButton,
  MediaLoadingIndicator,
  MediaMuteButton,
  MediaPipButton,
  MediaPlayButton,
  MediaPreviewTimeDisplay,
  MediaSeekBackwardButton,
  MediaSeekForwardButton,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from 'media-chrome/react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { BackIcon } from '../ui/icons.js';
import { QualityMenu } from './quality-menu.js';
import { useTitlePlayer } from './use-title-player.js';
import './player.css';

export interface PlayerScreenProps {
  readonly titleId: string;
  /** The ID of the film, the episode, or the series, which plays its next episode. */
  readonly videoId: string;
  readonly name: string;
  readonly profileId: string;
  readonly onProblem: (problem: unknown) => void;
  /** Set if the video is played in a watch party. */
  readonly party?: PartyControls;
}

export interface PartyControls {
  /** Only the host has playback controls. */
  readonly isHost: boolean;
  /** Attaches the video element to the party and synchronizes it. @returns a function that ends the synchronization */
  readonly attachAndSyncVideo: (video: HTMLVideoElement) => () => void;
}

const SEEK_SECONDS = 10;

export function PlayerScreen({ titleId, videoId, name, profileId, onProblem, party }: PlayerScreenProps) {
  // Must run before the first rendering, which creates the controls.
  useState(translateControls);
  const { video, ...quality } = useTitlePlayer(videoId, profileId, onProblem, party !== undefined);
  const isFollowing = party?.isHost === false;
  const attachAndSyncVideo = party?.attachAndSyncVideo;
  const screen = useRef<HTMLDivElement>(null);

  // The keyboard shortcuts of the controller need the focus inside it.
  useEffect(() => screen.current?.querySelector<HTMLElement>('media-controller')?.focus(), []);

  useEffect(() => (video.current ? attachAndSyncVideo?.(video.current) : undefined), [video, attachAndSyncVideo]);

  return (
    <div className="player-screen" ref={screen}>
      <MediaController
        className="player-media"
        autohide="3"
        tabIndex={0}
        noHotkeys={isFollowing}
        gesturesDisabled={isFollowing}
      >
        <video ref={video} slot="media" playsInline aria-label={name} />
        <MediaLoadingIndicator slot="centered-chrome" noAutohide />
        <div slot="top-chrome" className="player-top">
          <Link to={`/titles/${titleId}`} className="player-back" aria-label={t('player.backToTitle')}>
            <BackIcon />
          </Link>
          <h1>{name}</h1>
        </div>
        {isFollowing ? null : (
          <MediaControlBar className="player-timeline">
            {/* The chapter display of the default preview would show the language of the controls as a chapter. */}
            <MediaTimeRange>
              <MediaPreviewTimeDisplay slot="preview" />
            </MediaTimeRange>
          </MediaControlBar>
        )}
        <MediaControlBar className="player-bar">
          {isFollowing ? null : (
            <>
              <MediaPlayButton />
              <MediaSeekBackwardButton seekOffset={SEEK_SECONDS} />
              <MediaSeekForwardButton seekOffset={SEEK_SECONDS} />
            </>
          )}
          <MediaMuteButton />
          <MediaVolumeRange className="player-volume" />
          {/* With the toggle, this display would be a button, whose name would have to contain the time. */}
          <MediaTimeDisplay showDuration noToggle />
          <span className="player-space" />
          <MediaCaptionsButton className="player-captions" />
          <QualityMenu {...quality} />
          <MediaPipButton className="player-pip" />
          <MediaFullscreenButton />
        </MediaControlBar>
      </MediaController>
    </div>
  );
}

/**
 * Sets the texts of the controls of media-chrome, which read them when they are created. media-chrome itself has
 * translations for some languages only.
 */
function translateControls(): void {
  const language = i18next.resolvedLanguage ?? 'en';
  addTranslation(language, t('player.controls', { returnObjects: true }));
  setLanguage(language);
}
