import { useNavigate } from 'react-router';
import type { Title } from '../api/types.js';
import { PlayIcon } from '../shell/icons.js';
import { useSession } from '../session/use-session.js';

export interface PlayButtonProps {
  readonly title: Pick<Title, 'id'>;
  readonly isStarted: boolean;
}

/** Plays, or asks to sign in first and comes back to play. */
export function PlayButton({ title, isStarted }: PlayButtonProps) {
  const navigate = useNavigate();
  const { status } = useSession();
  const watch = `/watch/${title.id}`;
  const address = status === 'signed-out' ? `/sign-in?return=${encodeURIComponent(watch)}` : watch;
  return (
    <button type="button" className="button button-primary" onClick={() => void navigate(address)}>
      <PlayIcon />
      {isStarted ? 'Resume' : 'Play'}
    </button>
  );
}
