import { t } from 'i18next';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Quality } from './media-source.js';
import type { PlayerState } from './use-title-player.js';

/** Selects the quality. Not shown if the browser selects the quality. */
export function QualityMenu({ heights, playingHeight, chosen, choose }: Omit<PlayerState, 'video'>) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    box.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    const closeOutside = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };

  const handleKey = (event: KeyboardEvent): void => {
    // The shortcuts of the player would seek and change the volume.
    event.stopPropagation();
    const options = [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitemradio]') ?? [])];
    const focused = options.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') options[(focused + 1) % options.length]?.focus();
    if (event.key === 'ArrowUp') options.at(focused - 1)?.focus();
    if (event.key === 'Escape' && isOpen) close();
    if (event.key === 'Tab') setOpen(false);
  };

  const option = (quality: Quality, label: string) => (
    <button
      key={quality}
      type="button"
      role="menuitemradio"
      aria-checked={quality === chosen}
      tabIndex={-1}
      onClick={() => {
        choose(quality);
        close();
      }}
    >
      {label}
    </button>
  );

  if (heights.length === 0) return null;
  return (
    <div className="quality" ref={box} onKeyDown={handleKey}>
      {isOpen ? (
        <div className="quality-menu" role="menu" aria-label={t('player.quality')}>
          {option('auto', t('player.auto'))}
          {heights.map((height) => option(height, `${height}p`))}
        </div>
      ) : null}
      <button
        ref={button}
        type="button"
        className="quality-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <span className="visually-hidden">{t('player.qualityIs')} </span>
        {playingHeight === undefined ? t('player.auto') : `${playingHeight}p`}
      </button>
    </div>
  );
}
