import { type Schema, enumValues, limits } from '@viernes/api-client';
import { t } from 'i18next';
import { useState } from 'react';
import { toNativeLanguageName } from '../language/format.js';
import { LANGUAGES } from '../language/start-language.js';
import { SelectField, TextField } from '../ui/field.js';
import { RequestForm } from '../ui/request-form.js';
import { Avatar } from './avatar.js';
import { describeMaximumAge, listMaximumAges, type Profile } from './profiles.js';

export type ProfileFields = Pick<Profile, 'name' | 'avatar' | 'language' | 'isKids' | 'maximumAge'>;

interface ProfileFormProps {
  readonly profile: ProfileFields;
  readonly submitText: string;
  readonly send: (fields: ProfileFields) => Promise<void>;
}

export function ProfileForm({ profile, submitText, send }: ProfileFormProps) {
  const [isKids, setKids] = useState(profile.isKids);
  return (
    <RequestForm
      send={(read) => {
        const age = read('maximumAge');
        return send({
          name: read('name').trim(),
          avatar: read('avatar') as Schema<'Avatar'>,
          language: read('language') as Profile['language'],
          isKids,
          maximumAge: age === '' ? null : (Number(age) as Profile['maximumAge']),
        });
      }}
      submitText={submitText}
    >
      {(errors) => (
        <>
          <TextField
            label={t('profiles.name')}
            name="name"
            defaultValue={profile.name}
            required
            maxLength={limits.NewProfile.name.maxLength}
            error={errors['name']}
          />
          <AvatarField selected={profile.avatar} />
          <SelectField label={t('profiles.language')} name="language" defaultValue={profile.language}>
            {LANGUAGES.map((language) => (
              <option key={language} value={language} lang={language}>
                {toNativeLanguageName(language)}
              </option>
            ))}
          </SelectField>
          <label className="check-field">
            <input type="checkbox" checked={isKids} onChange={({ target }) => setKids(target.checked)} />
            {t('profiles.isKids')}
          </label>
          <SelectField
            // A new key resets the selection, because the list of ages changes.
            key={String(isKids)}
            label={t('profiles.maximumAge')}
            hint={t('profiles.maximumAgeHint')}
            name="maximumAge"
            defaultValue={profile.maximumAge ?? ''}
            error={errors['maximumAge']}
          >
            {listMaximumAges(isKids).map((age) => (
              <option key={age} value={age ?? ''}>
                {describeMaximumAge(age)}
              </option>
            ))}
          </SelectField>
        </>
      )}
    </RequestForm>
  );
}

function AvatarField({ selected }: { readonly selected: Schema<'Avatar'> }) {
  return (
    <fieldset className="avatar-field">
      <legend>{t('profiles.avatar')}</legend>
      {enumValues.Avatar.map((name) => (
        <label key={name}>
          <input
            type="radio"
            name="avatar"
            value={name}
            defaultChecked={name === selected}
            aria-label={t(`profiles.avatars.${name}`)}
          />
          <Avatar name={name} />
        </label>
      ))}
    </fieldset>
  );
}
