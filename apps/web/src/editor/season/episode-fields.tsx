import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { Link } from 'react-router';
import { TextArea, TextField } from '../../ui/field.js';
import { RowList } from '../form/row-list.js';
import { toNumberAttributes } from '../form/to-number-attributes.js';
import type { ErrorOf } from '../form/field-errors.js';
import { newEpisode, type EpisodeDraft } from './season-draft.js';

const { maxItems, items } = limits.SeasonInput.episodes;

export interface EpisodeFieldsProps {
  readonly titleId: string;
  readonly episodes: readonly EpisodeDraft[];
  readonly errorOf: ErrorOf;
  readonly onChange: (episodes: readonly EpisodeDraft[]) => void;
}

export function EpisodeFields({ titleId, episodes, errorOf, onChange }: EpisodeFieldsProps) {
  const isRepeated = (wanted: string): boolean => episodes.filter(({ number }) => number === wanted).length > 1;
  return (
    <RowList
      legend={t('editor.episodes.legend')}
      noun="episode"
      rows={episodes}
      maxRows={maxItems}
      create={() => newEpisode(episodes)}
      onChange={onChange}
    >
      {(episode, change, index) => {
        const toProps = (field: 'number' | 'name' | 'runtimeMinutes' | 'releasedOn' | 'synopsis') => ({
          value: episode[field],
          error: errorOf(`episodes.${index}.${field}`),
          autoComplete: 'off',
          onChange: ({ target }: { readonly target: { readonly value: string } }) => change({ [field]: target.value }),
        });
        const row = index + 1;
        return (
          <>
            <div className="row-list-fields">
              <TextField
                label={t('editor.episodes.number', { row })}
                required
                {...toNumberAttributes(items.number)}
                {...toProps('number')}
                error={
                  isRepeated(episode.number) ? t('editor.episodes.numberTaken') : errorOf(`episodes.${index}.number`)
                }
              />
              <TextField
                label={t('editor.episodes.name', { row })}
                required
                maxLength={items.name.maxLength}
                {...toProps('name')}
              />
              <TextField
                label={t('editor.episodes.minutes', { row })}
                {...toNumberAttributes(items.runtimeMinutes)}
                {...toProps('runtimeMinutes')}
              />
              <TextField label={t('editor.episodes.releasedOn', { row })} type="date" {...toProps('releasedOn')} />
            </div>
            <TextArea
              label={t('editor.episodes.synopsis', { row })}
              rows={2}
              maxLength={items.synopsis.maxLength}
              {...toProps('synopsis')}
            />
            {episode.stored && episode.stored.number === episode.number ? (
              <p className="editor-links">
                <Link to={`/upload?title=${titleId}&episode=${episode.stored.id}`}>
                  {episode.stored.isPlayable ? t('common.uploadAnotherVideo') : t('common.uploadVideo')}{' '}
                  <span className="visually-hidden">{t('editor.episodes.ofEpisode', { name: episode.name })}</span>
                </Link>
              </p>
            ) : null}
          </>
        );
      }}
    </RowList>
  );
}
