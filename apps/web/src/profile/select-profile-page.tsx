import { t } from 'i18next';
import { useState } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { followLanguage } from '../language/chosen-language.js';
import { selectProfile, signOut } from '../session/accounts.js';
import { returnPath, signInPath } from '../session/return-path.js';
import { useSession } from '../session/use-session.js';
import { Loading } from '../ui/loading.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { Avatar } from './avatar.js';
import { PinForm, PinRemovalForm } from './pin-forms.js';
import { PinMark } from './pin-mark.js';
import { type Profile, removePin } from './profiles.js';
import './profiles.css';

/** Selects the profile that the session acts for, and then opens the page in the parameter `return`. */
export function SelectProfilePage() {
  const state = useSession();
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const [lockedId, setLockedId] = useState(parameters.get('profile'));
  const [problem, setProblem] = useState<unknown>();
  const path = returnPath(parameters.get('return'));

  if (state.status === 'unknown') return <Loading />;
  if (state.status === 'signed-out') return <Navigate to={signInPath(path)} replace />;
  const { profiles } = state.session;
  const locked = profiles.find(({ id, hasPin }) => id === lockedId && hasPin);

  const select = async (profile: Profile, pin?: string): Promise<void> => {
    const { language } = await selectProfile(profile.id, pin);
    await navigate(path, { replace: true });
    followLanguage(language);
  };
  const choose = (profile: Profile): void => {
    setProblem(undefined);
    if (profile.hasPin) setLockedId(profile.id);
    else select(profile).catch(setProblem);
  };

  return (
    <main className="who">
      {locked ? (
        <UnlockProfile
          key={locked.id}
          profile={locked}
          onUnlock={(pin) => select(locked, pin)}
          onCancel={() => setLockedId(null)}
        />
      ) : (
        <ProfileChoice profiles={profiles} onChoose={choose} />
      )}
      <div role="alert" className="form-problem">
        {problem === undefined ? null : <p>{toMessage(problem)}</p>}
      </div>
    </main>
  );
}

interface ProfileChoiceProps {
  readonly profiles: readonly Profile[];
  readonly onChoose: (profile: Profile) => void;
}

function ProfileChoice({ profiles, onChoose }: ProfileChoiceProps) {
  usePageTitle(t('profiles.who'));
  return (
    <>
      <h1>{t('profiles.who')}</h1>
      <ul className="profile-cards">
        {profiles.map((profile) => (
          <li key={profile.id}>
            <button type="button" className="profile-card" onClick={() => onChoose(profile)}>
              <Avatar name={profile.avatar} />
              <span>{profile.name}</span>
              {profile.hasPin ? <PinMark /> : null}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button button-quiet" onClick={() => void signOut().catch(() => undefined)}>
        {t('app.signOut')}
      </button>
    </>
  );
}

interface UnlockProfileProps {
  readonly profile: Profile;
  readonly onUnlock: (pin?: string) => Promise<void>;
  readonly onCancel: () => void;
}

function UnlockProfile({ profile, onUnlock, onCancel }: UnlockProfileProps) {
  const heading = t('profiles.enterPin', { name: profile.name });
  usePageTitle(heading);
  return (
    <>
      <div className="who-avatar">
        <Avatar name={profile.avatar} />
      </div>
      <h1>{heading}</h1>
      <div className="who-pin">
        <PinForm label={t('profiles.pin')} submitText={t('profiles.continue')} send={onUnlock} isMain />
        <details>
          <summary>{t('profiles.forgotPin')}</summary>
          <p>{t('profiles.forgotPinText')}</p>
          <PinRemovalForm
            send={async (password) => {
              await removePin(profile.id, password);
              await onUnlock();
            }}
          />
        </details>
      </div>
      <button type="button" className="button button-quiet" onClick={onCancel}>
        {t('profiles.otherProfile')}
      </button>
    </>
  );
}
