import { limits } from '@viernes/api-client';
import { Link } from 'react-router';
import { TextArea, TextField } from '../../ui/field.js';
import { RowList } from '../form/row-list.js';
import { toRange } from '../form/to-range.js';
import type { ErrorOf } from '../title/field-errors.js';
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
      legend="Episodes"
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
        const row = `of row ${index + 1}`;
        return (
          <>
            <div className="row-list-fields">
              <TextField
                label={`Number ${row}`}
                required
                {...toRange(items.number)}
                {...toProps('number')}
                error={
                  isRepeated(episode.number) ? 'Another episode has this number.' : errorOf(`episodes.${index}.number`)
                }
              />
              <TextField label={`Name ${row}`} required maxLength={items.name.maxLength} {...toProps('name')} />
              <TextField label={`Minutes ${row}`} {...toRange(items.runtimeMinutes)} {...toProps('runtimeMinutes')} />
              <TextField label={`Released on ${row}`} type="date" {...toProps('releasedOn')} />
            </div>
            <TextArea
              label={`Synopsis ${row}`}
              rows={2}
              maxLength={items.synopsis.maxLength}
              {...toProps('synopsis')}
            />
            {episode.stored && episode.stored.number === episode.number ? (
              <p className="editor-links">
                <Link to={`/upload?title=${titleId}&episode=${episode.stored.id}`}>
                  {episode.stored.isPlayable ? 'Upload another video' : 'Upload a video'}
                  <span className="visually-hidden"> of {episode.name}</span>
                </Link>
              </p>
            ) : null}
          </>
        );
      }}
    </RowList>
  );
}
