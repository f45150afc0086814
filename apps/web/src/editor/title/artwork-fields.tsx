import { limits } from '@viernes/api-client';
import { SelectField, TextField } from '../../ui/field.js';
import { RowList } from '../form/row-list.js';
import type { ErrorOf } from './field-errors.js';
import { newArtwork, type ArtworkDraft } from './title-draft.js';

const KINDS = { poster: 'Poster', backdrop: 'Backdrop', still: 'Still' };

export interface ArtworkFieldsProps {
  readonly artwork: readonly ArtworkDraft[];
  readonly errorOf: ErrorOf;
  readonly onChange: (artwork: readonly ArtworkDraft[]) => void;
}

export function ArtworkFields({ artwork, errorOf, onChange }: ArtworkFieldsProps) {
  return (
    <RowList
      legend="Artwork"
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
              label={`Kind of image ${index + 1}`}
              value={image.kind}
              onChange={({ target }) => change({ kind: target.value as ArtworkDraft['kind'] })}
            >
              {Object.entries(KINDS).map(([kind, text]) => (
                <option key={kind} value={kind}>
                  {text}
                </option>
              ))}
            </SelectField>
            <TextField
              label={`URL of image ${index + 1}`}
              required
              hint="HTTPS, or a path of Viernes"
              {...toProps('url')}
            />
            <TextField label={`Width in pixels ${index + 1}`} type="number" min={1} required {...toProps('widthPx')} />
            <TextField
              label={`Height in pixels ${index + 1}`}
              type="number"
              min={1}
              required
              {...toProps('heightPx')}
            />
            <TextField
              label={`Description of image ${index + 1}`}
              hint="For people who do not see it"
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
      alt={image.alternativeText || 'Preview'}
      onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
        if (image.widthPx === '' && image.heightPx === '' && naturalWidth > 0) onSize(naturalWidth, naturalHeight);
      }}
    />
  );
}
