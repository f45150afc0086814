import { t } from 'i18next';
import { Link } from 'react-router';
import { useRequiredSession } from '../session/require-session.js';
import { selectProfilePath } from '../session/return-path.js';
import { useProfileId } from '../session/use-session.js';
import { PlusIcon } from '../ui/icons.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { Avatar } from './avatar.js';
import { PinMark } from './pin-mark.js';
import { describeMaximumAge, type Profile } from './profiles.js';
import './profiles.css';

/** Profiles per account. The API has the same limit. */
const MAX_PROFILES = 5;

/** Lists the profiles, with links to the pages that change them. */
export function ProfilesPage() {
  const { profiles } = useRequiredSession();
  const selectedId = useProfileId();
  usePageTitle(t('profiles.heading'));
  return (
    <div className="page profiles">
      <h1>{t('profiles.heading')}</h1>
      <ul className="profile-list">
        {profiles.map((profile) => (
          <li key={profile.id}>
            <ProfileLink profile={profile} isSelected={profile.id === selectedId} />
          </li>
        ))}
      </ul>
      {profiles.length < MAX_PROFILES ? (
        <Link className="button button-quiet" to="/profiles/new">
          <PlusIcon />
          {t('profiles.add')}
        </Link>
      ) : (
        <p className="field-hint">{t('profiles.limitReached', { count: MAX_PROFILES })}</p>
      )}
    </div>
  );
}

/** A profile with a PIN can be changed only while it is selected. */
function ProfileLink({ profile, isSelected }: { readonly profile: Profile; readonly isSelected: boolean }) {
  const path = `/profiles/${profile.id}`;
  return (
    <Link to={profile.hasPin && !isSelected ? selectProfilePath(path, profile.id) : path}>
      <Avatar name={profile.avatar} />
      <span className="profile-list-name">{profile.name}</span>
      {profile.hasPin ? <PinMark /> : null}
      {isSelected ? <span className="tag">{t('profiles.selected')}</span> : null}
      {profile.isKids ? <span className="tag">{t('profiles.kids')}</span> : null}
      <span className="profile-list-age">{describeMaximumAge(profile.maximumAge)}</span>
    </Link>
  );
}
