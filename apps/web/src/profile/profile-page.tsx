import { enumValues } from '@viernes/api-client';
import i18next, { t } from 'i18next';
import { useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { followLanguage } from '../language/chosen-language.js';
import { useRequiredSession } from '../session/require-session.js';
import { useProfileId } from '../session/use-session.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { RequestForm } from '../ui/request-form.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { PinForm, PinRemovalForm } from './pin-forms.js';
import { ProfileForm } from './profile-form.js';
import { changeProfile, createProfile, deleteProfile, type Profile, removePin, setPin } from './profiles.js';
import './profiles.css';

export function NewProfilePage() {
  const { profiles } = useRequiredSession();
  const navigate = useNavigate();
  usePageTitle(t('profiles.add'));
  const used = profiles.map(({ avatar }) => avatar);
  const avatar = enumValues.Avatar.find((name) => !used.includes(name)) ?? enumValues.Avatar[0];
  const language = (i18next.resolvedLanguage ?? 'en') as Profile['language'];
  return (
    <div className="page profiles">
      <h1>{t('profiles.add')}</h1>
      <ProfileForm
        profile={{ name: '', avatar, language, isKids: false, maximumAge: null }}
        submitText={t('profiles.create')}
        send={async (fields) => {
          await createProfile(fields);
          await navigate('/profiles');
        }}
      />
    </div>
  );
}

export function ProfilePage() {
  const { profileId = '' } = useParams();
  const profile = useRequiredSession().profiles.find(({ id }) => id === profileId);
  usePageTitle(profile?.name);
  if (profile) return <ProfileEditor profile={profile} />;
  return (
    <div className="page">
      <Notice
        heading={t('profiles.notFound')}
        actions={<NoticeLink to="/profiles">{t('profiles.heading')}</NoticeLink>}
      />
    </div>
  );
}

function ProfileEditor({ profile }: { readonly profile: Profile }) {
  const { id, name } = profile;
  const navigate = useNavigate();
  const isSelected = useProfileId() === id;
  return (
    <div className="page profiles">
      <h1>{name}</h1>
      <ProfileForm
        profile={profile}
        submitText={t('profiles.save')}
        send={async (fields) => {
          await changeProfile(id, fields);
          await navigate('/profiles');
          if (isSelected) followLanguage(fields.language);
        }}
      />
      <PinSection profile={profile} />
      <section aria-labelledby="profile-deletion">
        <h2 id="profile-deletion">{t('profiles.deletion')}</h2>
        <details>
          <summary>{t('profiles.deletionOf', { name })}</summary>
          <p>{t('profiles.deletionText')}</p>
          <RequestForm
            send={async () => {
              await deleteProfile(id);
              await navigate('/profiles');
            }}
            submitText={t('profiles.delete')}
            isQuiet
          >
            {() => null}
          </RequestForm>
        </details>
      </section>
    </div>
  );
}

function PinSection({ profile: { id, hasPin } }: { readonly profile: Profile }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [savedCount, setSavedCount] = useState(0);
  const [change, setChange] = useState<'pinSaved' | 'pinRemoved'>();
  return (
    <section aria-labelledby="profile-pin">
      <h2 id="profile-pin" ref={heading} tabIndex={-1}>
        {t('profiles.pin')}
      </h2>
      <p className="field-hint">{t('profiles.pinText')}</p>
      <PinForm
        // Empties the field after each change.
        key={savedCount}
        label={hasPin ? t('profiles.newPin') : t('profiles.pin')}
        submitText={hasPin ? t('profiles.changePin') : t('profiles.setPin')}
        send={async (pin) => {
          await setPin(id, pin);
          setSavedCount(savedCount + 1);
          setChange('pinSaved');
        }}
      />
      <p role="status">{change === undefined ? null : t(`profiles.${change}`)}</p>
      {hasPin ? (
        <PinRemovalForm
          send={async (password) => {
            await removePin(id, password);
            setChange('pinRemoved');
            // The button that had the focus no longer exists.
            heading.current?.focus();
          }}
        />
      ) : null}
    </section>
  );
}
