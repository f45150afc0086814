import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { TextField } from '../../ui/field.js';
import { fromLocalTime, toLocalTime } from '../form/local-time.js';
import { RowList } from '../form/row-list.js';
import type { ErrorOf } from '../form/field-errors.js';
import { newAvailability, type AvailabilityDraft } from './title-draft.js';

export interface AvailabilityFieldsProps {
  readonly availability: readonly AvailabilityDraft[];
  readonly errorOf: ErrorOf;
  readonly onChange: (availability: readonly AvailabilityDraft[]) => void;
}

export function AvailabilityFields({ availability, errorOf, onChange }: AvailabilityFieldsProps) {
  return (
    <RowList
      legend={t('editor.availability.legend')}
      hint={t('editor.availability.hint')}
      noun="window"
      rows={availability}
      maxRows={limits.NewTitle.availability.maxItems}
      create={newAvailability}
      onChange={onChange}
    >
      {(window, change, index) => (
        <div className="row-list-fields">
          <TextField
            label={t('editor.availability.from', { row: index + 1 })}
            type="datetime-local"
            required
            value={toLocalTime(window.startsAt)}
            error={errorOf(`availability.${index}.startsAt`) ?? errorOf(`availability.${index}`)}
            onChange={({ target }) => change({ startsAt: fromLocalTime(target.value) })}
          />
          <TextField
            label={t('editor.availability.until', { row: index + 1 })}
            type="datetime-local"
            hint={t('editor.availability.untilHint')}
            value={toLocalTime(window.endsAt)}
            error={errorOf(`availability.${index}.endsAt`)}
            onChange={({ target }) => change({ endsAt: fromLocalTime(target.value) })}
          />
        </div>
      )}
    </RowList>
  );
}
