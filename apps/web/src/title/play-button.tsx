import { t } from 'i18next';
import { useNavigate } from 'react-router';
import { signInPath } from '../session/return-path.js';
import { useSession } from '../session/use-session.js';
import { PlayIcon } from '../ui/icons.js';

export interface PlayButtonProps {
  readonly titleId: string;
  readonly isStarted: boolean;
}

/** Opens the player. Guests sign in first. */
export function PlayButton({ titleId, isStarted }: PlayButtonProps) {
  const navigate = useNavigate();
  const { status } = useSession();
  const playerPath = `/watch/${titleId}`;
  return (
    <button
      type="button"
      className="button button-primary"
      onClick={() => void navigate(status === 'signed-out' ? signInPath(playerPath) : playerPath)}
    >
      <PlayIcon />
      {isStarted ? t('common.resume') : t('common.play')}
    </button>
  );
}
