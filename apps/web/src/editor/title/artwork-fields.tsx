import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { SelectField, TextField } from '../../ui/field.js';
import { RowList } from '../form/row-list.js';
import type { ErrorOf } from '../form/field-errors.js';
import { newArtwork, type ArtworkDraft } from './title-draft.js';

const KINDS = ['poster', 'backdrop', 'still'] as const;

export interface ArtworkFieldsProps {
  readonly artwork: readonly ArtworkDraft[];
  readonly errorOf: ErrorOf;
  readonly onChange: (artwork: readonly ArtworkDraft[]) => void;
}

export function ArtworkFields({ artwork, errorOf, onChange }: ArtworkFieldsProps) {
  return (
    <RowList
      legend={t('editor.artwork.legend')}
      noun="image"
      rows={artwork}
      maxRows={limits.NewTitle.artwork.maxItems}
      create={newArtwork}
      onChange={onChange}
    >
      {(image, change, index) => {
        const toProps = (field: 'url' | 'widthPx' | 'heightPx' | 'alternativeText') => ({
          value: image[field],
          error: errorOf(`artwork.${index}.${field}`),
          onChange: ({ target }: { readonly target: HTMLInputElement }) => change({ [field]: target.value }),
        });
        return (
          <div className="row-list-fields">
            <SelectField
              label={t('editor.artwork.kind', { row: index + 1 })}
              value={image.kind}
              onChange={({ target }) => change({ kind: target.value as ArtworkDraft['kind'] })}
            >
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`editor.artwork.kinds.${kind}`)}
                </option>
              ))}
            </SelectField>
            <TextField
              label={t('editor.artwork.url', { row: index + 1 })}
              required
              hint={t('editor.artwork.urlHint')}
              {...toProps('url')}
            />
            <TextField
              label={t('editor.artwork.width', { row: index + 1 })}
              type="number"
              min={1}
              required
              {...toProps('widthPx')}
            />
            <TextField
              label={t('editor.artwork.height', { row: index + 1 })}
              type="number"
              min={1}
              required
              {...toProps('heightPx')}
            />
            <TextField
              label={t('editor.artwork.description', { row: index + 1 })}
              hint={t('editor.artwork.descriptionHint')}
              {...toProps('alternativeText')}
            />
            <ArtworkPreview
              key={image.url}
              image={image}
              onSize={(widthPx, heightPx) => change({ widthPx: String(widthPx), heightPx: String(heightPx) })}
            />
          </div>
        );
      }}
    </RowList>
  );
}

interface ArtworkPreviewProps {
  readonly image: ArtworkDraft;
  readonly onSize: (widthPx: number, heightPx: number) => void;
}

/** Shows the image, and reads its size if none is entered. */
function ArtworkPreview({ image, onSize }: ArtworkPreviewProps) {
  if (!/^(?:https:\/\/[^/]|\/[^/])/.test(image.url)) return null;
  return (
    <img
      className="artwork-preview"
      src={image.url}
      alt={image.alternativeText || t('editor.artwork.preview')}
      onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
        if (image.widthPx === '' && image.heightPx === '' && naturalWidth > 0) onSize(naturalWidth, naturalHeight);
      }}
    />
  );
}
