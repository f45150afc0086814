import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Qualities } from './use-film-player.js';

export interface QualityMenuProps {
  readonly qualities: Qualities;
  /** A level, or -1 for automatic. */
  readonly chosen: number;
  readonly onChoose: (level: number) => void;
}

export function QualityMenu({ qualities, chosen, onChoose }: QualityMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const playing = qualities.all.find(({ level }) => level === qualities.playing)?.name;

  useEffect(() => {
    if (!isOpen) return;
    box.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    const closeOutside = (event: PointerEvent): void => {
      if (!box.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  const move = (event: KeyboardEvent): void => {
    // The player's own shortcuts would seek and change the volume.
    event.stopPropagation();
    const options = [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitemradio]') ?? [])];
    const at = options.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') options[(at + 1) % options.length]?.focus();
    if (event.key === 'ArrowUp') options.at(at - 1)?.focus();
    if (event.key === 'Escape') setOpen(false);
  };

  const option = (level: number, name: string) => (
    <button
      key={level}
      type="button"
      role="menuitemradio"
      aria-checked={level === chosen}
      onClick={() => {
        onChoose(level);
        setOpen(false);
      }}
    >
      {name}
    </button>
  );

  return (
    <div className="quality" ref={box} onKeyDown={move}>
      {isOpen ? (
        <div className="quality-menu" role="menu" aria-label="Quality">
          {option(-1, 'Auto')}
          {qualities.all.map(({ level, name }) => option(level, name))}
        </div>
      ) : null}
      <button
        type="button"
        className="quality-button"
        aria-label="Quality"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {playing ?? 'Auto'}
      </button>
    </div>
  );
}
