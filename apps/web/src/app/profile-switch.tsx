import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useNavigate } from 'react-router';
import { followLanguage } from '../language/chosen-language.js';
import { Avatar } from '../profile/avatar.js';
import { selectProfile } from '../session/accounts.js';
import { selectProfilePath } from '../session/return-path.js';

interface ProfileSwitchProps {
  /** The profiles that are not selected. */
  readonly profiles: readonly Schema<'Profile'>[];
  readonly onSwitch: () => void;
}

/** Selects another profile, and opens the home page. */
export function ProfileSwitch({ profiles, onSwitch }: ProfileSwitchProps) {
  const navigate = useNavigate();
  const change = async ({ id, hasPin }: Schema<'Profile'>): Promise<void> => {
    onSwitch();
    const selected = hasPin ? undefined : await selectProfile(id).catch(() => undefined);
    // The page that selects a profile prompts for the PIN, which another device can have set in the meantime, or shows
    // the problem.
    await navigate(selected ? '/' : selectProfilePath('/', id));
    if (selected) followLanguage(selected.language);
  };
  if (profiles.length === 0) return null;
  return (
    <ul className="profile-switch" aria-label={t('profiles.switch')}>
      {profiles.map((profile) => (
        <li key={profile.id}>
          <button type="button" onClick={() => void change(profile)}>
            <Avatar name={profile.avatar} />
            {profile.name}
          </button>
        </li>
      ))}
    </ul>
  );
}
